use std::collections::HashSet;

use storage::wiki::markdown::portable;

use super::*;

/// Keys that a text cites: "[@key]" or "[@key; @other]".
fn cited(markdown: &str) -> Vec<String> {
    markdown
        .split("[@")
        .skip(1)
        .filter_map(|rest| rest.split_once(']'))
        .flat_map(|(keys, _)| keys.split([';', ',']))
        .map(|key| key.trim().trim_start_matches('@').to_owned())
        .collect()
}

#[test]
fn the_catalogue_is_consistent() {
    let starter = starter().unwrap();
    let terms = &starter.catalogue.terms;
    assert!(!starter.catalogue.complete);
    let known: HashSet<&Code> = terms.iter().map(|term| &term.curie).collect();
    assert_eq!(known.len(), terms.len(), "an identifier is used twice");
    let mut names = HashSet::new();
    let mut slugs = HashSet::new();
    for term in terms {
        let name = term.display_name.clone().unwrap();
        assert!(names.insert(name.to_lowercase()), "{name} is there twice");
        if let Some(slug) = &term.slug {
            assert!(slugs.insert(slug.clone()), "{slug} is there twice");
        }
        for parent in &term.parents {
            assert!(
                known.contains(parent),
                "{name}: its parent {parent} is not there"
            );
        }
        assert!(
            !term.parents.contains(&term.curie),
            "{name} is above itself"
        );
        if !term.is_family {
            let summary = term.summary.clone().unwrap_or_default();
            let length = summary.chars().count();
            assert!(
                (20..=240).contains(&length),
                "{name}: a summary of {length} characters"
            );
            assert!(
                !term.codes.contains(&term.curie),
                "{name} repeats its own code"
            );
        }
        let mut synonyms = HashSet::from([name.to_lowercase()]);
        for synonym in &term.synonyms {
            let lower = synonym.name.to_lowercase();
            assert!(synonyms.insert(lower), "{name}: {} twice", synonym.name);
        }
    }
}

#[test]
fn the_texts_are_consistent() {
    let starter = starter().unwrap();
    let mut complete = 0;
    for (condition, draft) in &starter.wiki {
        let keys: Vec<&str> = draft
            .references
            .iter()
            .map(|reference| reference.key.as_str())
            .collect();
        let unique: HashSet<&str> = keys.iter().copied().collect();
        assert_eq!(unique.len(), keys.len(), "{condition}: a key is used twice");
        let texts = draft
            .sections
            .iter()
            .map(|section| &section.markdown)
            .chain(draft.tips.iter().map(|(_, text)| text));
        let cited: HashSet<String> = texts.flat_map(|text| cited(text)).collect();
        for key in &cited {
            assert!(
                unique.contains(key.as_str()),
                "{condition}: [@{key}] is not defined"
            );
        }
        for reference in &draft.references {
            let key = &reference.key;
            assert!(cited.contains(key), "{condition}: {key} is never cited");
            assert!(
                reference.href().is_some(),
                "{condition}: {key} leads nowhere"
            );
        }
        for (name, text) in &draft.tips {
            assert!(
                !name.is_empty() && !text.is_empty(),
                "{condition}: an empty tip"
            );
        }
        let texts = SectionKind::ALL
            .into_iter()
            .filter(|kind| kind.is_text())
            .count();
        if draft.sections.len() == texts && !draft.tips.is_empty() && !keys.is_empty() {
            complete += 1;
        }
    }
    println!(
        "{} conditions, {complete} with every section",
        starter.wiki.len()
    );
}

#[test]
fn display_names_are_unique() {
    let names = display_names().unwrap();
    let unique: HashSet<String> = names.values().map(|name| name.to_lowercase()).collect();
    assert_eq!(unique.len(), names.len());
}

#[test]
fn everyday_names_are_each_of_one_condition() {
    let names = everyday_names().unwrap();
    let all: Vec<String> = names
        .values()
        .flatten()
        .map(|name| name.to_lowercase())
        .collect();
    let unique: HashSet<&String> = all.iter().collect();
    assert_eq!(unique.len(), all.len());
    assert!(all.iter().all(|name| !domain::text::fold(name).is_empty()));
}

#[test]
fn the_starter_conditions_and_300_others_have_everyday_names() {
    let names = everyday_names().unwrap();
    let starter = starter().unwrap();
    for (curie, _) in &starter.wiki {
        assert!(names.contains_key(curie), "{curie}");
    }
    assert!(names.len() >= starter.wiki.len() + 300);
}

const SMALL: &str = "+++\ncurie = \"MONDO:1\"\nname = \"A\"\nsummary = \"s\"\n+++\n";

fn problem(text: &str) -> (u64, String) {
    match condition("a", text) {
        Err(mistake) => (mistake.line, mistake.problem),
        Ok(_) => panic!("{text} was taken"),
    }
}

#[test]
fn a_small_file() {
    let body = "\n## description\nOne.\n\nTwo.\n### Sub\nMore.\n\n## Tips or suggestions\n### Rest\nOften.\n";
    let Ok((term, draft)) = condition("a", &format!("{SMALL}{body}").replace('\n', "\r\n")) else {
        panic!("not taken");
    };
    assert_eq!((term.name.as_str(), term.slug.as_deref()), ("A", Some("a")));
    assert_eq!(draft.sections.len(), 1);
    assert_eq!(draft.sections[0].markdown, "One.\n\nTwo.\n### Sub\nMore.");
    assert_eq!(draft.tips, [("Rest".to_owned(), "Often.".to_owned())]);
}

#[test]
fn mistakes_name_their_line() {
    for (text, line, expected) in [
        ("no front matter".to_owned(), 1, "front matter"),
        (format!("{SMALL}text\n"), 6, "under no heading"),
        (format!("{SMALL}\n## Hope\n"), 7, "\"Hope\" is no section"),
        (
            format!("{SMALL}## References\n"),
            6,
            "is no section with a text",
        ),
        (
            format!("{SMALL}## Tips or suggestions\nx\n"),
            7,
            "under no heading",
        ),
        (
            format!("{SMALL}## Cause\nx\n## Cause\ny\n"),
            8,
            "a second section",
        ),
        (SMALL.replace("summary", "sumary"), 4, "unknown field"),
        (SMALL.replace("MONDO:1", "x"), 1, "\"x\" is no known code"),
    ] {
        let (found, problem) = problem(&text);
        assert!(problem.contains(expected), "{text}: {problem}");
        assert_eq!(found, line, "{text}");
    }
}

/// The catalogue has no word on whether a name is a proper one: its spellings must tell.
#[test]
fn inside_sentences_proper_names_alone_have_a_capital() {
    let starter = starter().unwrap();
    let terms = starter
        .catalogue
        .terms
        .iter()
        .filter(|term| !term.is_family);
    let mut capital: Vec<String> = terms
        .filter_map(|term| {
            let name = term.display_name.clone()?;
            let synonyms = term.synonyms.iter().map(|synonym| synonym.name.as_str());
            let spellings = std::iter::once(term.name.as_str()).chain(synonyms);
            let written = domain::text::within_sentence(&name, spellings);
            (written == name).then_some(name)
        })
        .collect();
    capital.sort();
    assert_eq!(
        capital,
        [
            "AL amyloidosis",
            "Addison disease",
            "Alport syndrome",
            "Angelman syndrome",
            "Behçet disease",
            "Charcot-Marie-Tooth disease type 1A",
            "Dravet syndrome",
            "Duchenne muscular dystrophy",
            "Fabry disease",
            "Friedreich ataxia",
            "Gaucher disease",
            "Huntington disease",
            "Kawasaki disease",
            "Marfan syndrome",
            "Phelan-McDermid syndrome",
            "Pompe disease",
            "Prader-Willi syndrome",
            "Rett syndrome",
            "Stargardt disease",
            "Turner syndrome",
            "Wilson disease",
        ]
    );
}

/// A file with a text as a section and as a tip, each with another behind it.
fn file_with(text: &str) -> String {
    format!(
        "+++\ncurie = \"MONDO:1\"\nname = \"Alpha\"\nsummary = \"Short.\"\n+++\n\n## Cause\n\n\
         <!-- Imported from somewhere, 2020, https://a.example/ -->\n\n{}\n\n## Treatment\n\nThe end.\n\n\
         ## Tips or suggestions\n\n### Rest\n\n{}\n\n### Sleep\n\nThe end.\n",
        portable(text, 3),
        portable(text, 4)
    )
}

fn comes_back(text: &str) {
    if portable(text, 3).is_empty() {
        return;
    }
    let (_, draft) = condition("alpha", &file_with(text))
        .unwrap_or_else(|mistake| panic!("{text:?}, line {}: {}", mistake.line, mistake.problem));
    let section = |kind, markdown: &str| SectionDraft {
        kind,
        markdown: markdown.to_owned(),
    };
    let sections = [
        section(SectionKind::Cause, &portable(text, 3)),
        section(SectionKind::Treatment, "The end."),
    ];
    assert_eq!(draft.sections, sections, "{text:?}");
    let tip = |name: &str, markdown: &str| (name.to_owned(), markdown.to_owned());
    let tips = [tip("Rest", &portable(text, 4)), tip("Sleep", "The end.")];
    assert_eq!(draft.tips, tips, "{text:?}");
}

#[test]
fn whatever_a_section_says_comes_back_from_its_file() {
    let odd = include_str!("../../../storage/tests/common/odd_strings.json");
    let odd: Vec<String> = serde_json::from_str(odd).unwrap();
    let starter = starter().unwrap();
    let sections = starter.wiki.iter().flat_map(|(_, draft)| &draft.sections);
    for text in sections.map(|section| &section.markdown).chain(&odd) {
        comes_back(text);
    }
    for text in [
        "Intro.\n\nTreatment\n---------\n\nThis belongs to the cause.",
        "## Treatment\n\nMore",
        " ## Treatment",
        "##\tTreatment",
        "Two\nlines\n===\n\ntext",
        "> ## Treatment\n\n- Treatment\n  ---",
        "```\n## Treatment\n### Rest\n```",
        "~~~\n## Treatment\nis not the end",
        "- ```\n  ## Treatment",
        "<!-- not ended\n## Treatment",
        "<!-- Imported from elsewhere, 2020, https://a.example/ -->\n\nText.",
        "<script>\n## Treatment\n</script>",
        "    code\n    ## Treatment",
        "Word soft break\u{b}here, bell\u{7} and U+FFFE \u{fffe} end.",
        "+++\n+++",
    ] {
        comes_back(text);
    }
}
