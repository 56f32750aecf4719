use super::*;

fn lines(text: &str) -> String {
    markdown(text, Layout::Lines, 3)
}

fn prose(text: &str) -> String {
    markdown(text, Layout::Prose, 3)
}

#[test]
fn flattened_lists_become_lists() {
    assert_eq!(
        lines(
            "Check with your doctor if you have:         - Headaches.    -   Vision changes : blurred.    \
             -  Nausea.        These may have other causes."
        ),
        "Check with your doctor if you have:\n\n\
         - Headaches.\n- Vision changes: blurred.\n- Nausea.\n\n\
         These may have other causes."
    );
    assert_eq!(
        lines("People can\n                \n- wash hands  - rest\n                \nThat is all."),
        "People can\n\n- wash hands\n- rest\n\nThat is all."
    );
}

#[test]
fn short_lines_become_headings_or_items() {
    assert_eq!(
        lines(
            "It mainly affects people who have:\n    \nDamaged valves\n    \nHeart defects (from birth)\n    \n\
             Others can have it too.\n   \nTests\n   \nBlood Tests\n   \nBlood is drawn several times."
        ),
        "It mainly affects people who have:\n\n- Damaged valves\n- Heart defects (from birth)\n\n\
         Others can have it too.\n\n### Tests\n\n### Blood Tests\n\nBlood is drawn several times."
    );
    assert_eq!(
        lines(
            "You can try:\n \nEating well\n \nQuitting smoking\n \nHeart-Healthy Eating\n \nYour doctor may say more."
        ),
        "You can try:\n\n- Eating well\n- Quitting smoking\n\n### Heart-Healthy Eating\n\nYour doctor may say more."
    );
    assert_eq!(
        lines("It is a gene.\n \nHow Is It Inherited?\n \nFrom both parents."),
        "It is a gene.\n\n### How Is It Inherited?\n\nFrom both parents."
    );
    // Cells of a table that was flattened.
    assert_eq!(
        lines("Fiber        Half a cup of beans    9.5 grams        One pear"),
        "- Fiber\n- Half a cup of beans\n- 9.5 grams\n- One pear"
    );
}

#[test]
fn key_points_that_come_again_are_headings() {
    assert_eq!(
        lines(
            "Key Points\n      - The grade is used to plan treatment.     - An MRI is done.\n   \n   \n   \
             The grade is used to plan treatment.\n     Staging is a process.\n   \n   An MRI is done.\n  It shows how much is left."
        ),
        "### The grade is used to plan treatment\n\nStaging is a process.\n\n\
         ### An MRI is done\n\nIt shows how much is left."
    );
    assert_eq!(
        lines("Key Points\n   - One point.    - Two points.\n   \n  Something else."),
        "### Key points\n\n- One point.\n- Two points.\n\nSomething else."
    );
}

#[test]
fn what_was_flattened_twice_is_kept_once() {
    assert_eq!(
        lines(
            "Skin changes such as:   - Paleness.   - Red spots.\n  \nPaleness.\n  \nRed spots.\n  \nCough."
        ),
        "Skin changes such as:\n\n- Paleness.\n- Red spots.\n\nCough."
    );
}

#[test]
fn two_spaces_separate_paragraphs_only_where_they_do() {
    let text = "Babies are floppy.  They sit late.  Pol  is a protein.";
    assert_eq!(
        markdown(text, Layout::Gaps, 3),
        "Babies are floppy.\n\nThey sit late.\n\nPol is a protein."
    );
    assert_eq!(
        prose(text),
        "Babies are floppy. They sit late. Pol is a protein."
    );
}

#[test]
fn questions_divide_an_answer() {
    assert_eq!(
        prose(
            "How is X diagnosed? By its signs. Is genetic testing available for X? \
             No. It is not known why."
        ),
        "By its signs.\n\n### Is genetic testing available for X?\n\nNo. It is not known why."
    );
    assert_eq!(
        prose("What about a second operation? It may be needed."),
        "### What about a second operation?\n\nIt may be needed."
    );
    assert_eq!(
        prose("Is surgery helpful? Can vision be saved? Both are. Ask why? maybe."),
        "Is surgery helpful?\n\n### Can vision be saved?\n\nBoth are. Ask why? maybe."
    );
    assert_eq!(prose("What causes X?"), "");
    assert_eq!(
        prose("It is unknown. Is X rare?"),
        "It is unknown.\n\nIs X rare?"
    );
}

#[test]
fn symptom_tables_become_lists() {
    let text = "What are the signs and symptoms of X? It begins early. The Human Phenotype Ontology \
        provides the following list of signs and symptoms for X. If the information is available, \
        the table below includes how often. Signs and Symptoms Approximate number of patients (when \
        available) Brittle hair 90% Ataxia - The Human Phenotype Ontology (HPO) has collected \
        information. In these cases, the sign or symptom may be rare or common.";
    let markdown = prose(text);
    assert!(markdown.starts_with("It begins early.\n\nThe Human Phenotype Ontology lists"));
    assert!(
        markdown.ends_with("\n\n- Brittle hair (90%)\n- Ataxia"),
        "{markdown}"
    );
    let garbled = text.replace("Ataxia -", "Ataxia");
    assert_eq!(prose(&garbled), "It begins early.");
}

#[test]
fn nothing_of_the_source_is_read_as_markup() {
    for (given, expected) in [
        ("# not a heading", "\\# not a heading"),
        (
            "a *b* _c_ `d` [e](f) <g> ~h~ |",
            "a \\*b\\* \\_c\\_ \\`d\\` \\[e\\](f) \\<g\\> \\~h\\~ \\|",
        ),
        ("1. not a list", "1\\. not a list"),
        ("22q11.2 deletion", "22q11.2 deletion"),
        ("2018) not a list", "2018\\) not a list"),
        ("+ x - y", "\\+ x - y"),
        ("-x", "\\-x"),
        ("&lt;script&gt; \\", "\\&lt;script\\&gt; \\\\"),
        ("a\u{7}b", "ab"),
        (
            "see http://a.b/c_d?e=f&g=h now_x",
            "see http://a.b/c_d?e=f&g=h now\\_x",
        ),
        ("http://a.b/_c_ www.x&lt;", "http://a.b/\\_c\\_ www.x\\&lt;"),
    ] {
        assert_eq!(escape(given), expected);
    }
    assert_eq!(lines("- # x"), "- \\# x");
}

#[test]
fn marks_of_footnotes_are_dropped() {
    assert_eq!(
        prose("It harms glands.[1] It is [rare].[12]"),
        "It harms glands. It is \\[rare\\]."
    );
    assert_eq!(
        markdown(
            "High-fiber diets.1 Two studies (2010).2,3 Take 0.5 grams, type.2 or vitamin B.12.4",
            Layout::NumberedLines,
            3
        ),
        "High-fiber diets. Two studies (2010). Take 0.5 grams, type.2 or vitamin B.12.4"
    );
}

#[test]
fn what_has_no_word_is_nothing() {
    for text in ["", "  \n \t ", "____________", "- \n -  ", "Key Points"] {
        let text = lines(text);
        assert!(text.is_empty() || text == "### Key points", "{text}");
    }
}
