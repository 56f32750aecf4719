use super::*;

#[test]
fn headings_begin_below_the_section() {
    let html = render(
        "# One\n\n## Two\n\n### Three\n\n```\n# code\n```\n",
        &[],
        "cause",
    );
    assert!(html.contains("<h3>One</h3>"), "{html}");
    assert!(
        html.contains("<h3>Two</h3>") && html.contains("<h3>Three</h3>"),
        "{html}"
    );
    assert!(html.contains("# code"), "{html}");
}

#[test]
fn citations_become_numbers() {
    let keys = ["a".to_owned(), "b-c".to_owned()];
    let html = render("True.[@b-c] Unknown.[@x] Again.[@b-c]", &keys, "cause");
    assert!(
            html.contains("<a id=\"cited-cause-b-c-1\" href=\"#reference-b-c\" rel=\"external\" aria-label=\"Reference 2\">2</a>"),
            "{html}"
        );
    assert!(html.contains("[@x]"), "{html}");
    assert_eq!(
        citations(&html, "cause"),
        [("b-c", "b-c-1"), ("b-c", "b-c-2")]
    );
    assert!(
        elsewhere(&html, "alpha")
            .as_str()
            .contains("href=\"/communities/alpha#reference-b-c\"")
    );
}

#[test]
fn nothing_runs() {
    for attack in [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "<a href=\"data:text/html,x\">x</a>",
        "[@\"><script>]",
        "<p style=\"position:fixed\" onclick=x>x</p>",
    ] {
        let html = render(attack, &[], "cause");
        // Text may name these; markup may not.
        let tags: Vec<&str> = html
            .split('<')
            .skip(1)
            .filter_map(|piece| piece.split('>').next())
            .collect();
        let markup = tags.join("|");
        for name in [
            "script",
            "img",
            "href=\"javascript",
            "href=\"data",
            "style=",
            "onclick",
        ] {
            assert!(!markup.contains(name), "{name} in {html}");
        }
    }
}

#[test]
fn more_marks_than_anybody_writes_are_shown_as_typed() {
    for piece in ["&", "a|b\n-|-\n", "<"] {
        let html = render(&piece.repeat(100_000 / piece.len()), &[], "cause");
        let inside = html.strip_prefix("<pre>").unwrap();
        assert!(
            !inside.trim_end_matches("</pre>\n").contains('<'),
            "{piece}"
        );
    }
    let table = "| a | b |\n|---|---|\n".to_owned() + &"| 1 | 2 |\n".repeat(1_000);
    assert!(render(&table, &[], "cause").contains("<td>"));
}

#[test]
fn tables_scroll() {
    let html = render("| a | b |\n|---|---|\n| 1 | 2 |\n", &[], "cause");
    assert!(html.starts_with("<div class=\"scroll\""), "{html}");
    assert!(html.contains("<tbody>"), "{html}");
}

#[test]
fn a_single_tilde_is_a_tilde() {
    let doses = "Take 20~30 mg at first and 40~50 mg later.";
    assert_eq!(render(doses, &[], "cause"), format!("<p>{doses}</p>\n"));
    assert_eq!(
        render("~~Old~~, *about ~ 5* ~.", &[], "cause"),
        "<p><del>Old</del>, <em>about ~ 5</em> ~.</p>\n"
    );
}

#[test]
fn unknown_tags_are_shown_as_typed_and_powers_work() {
    let typed =
        "Platelets fell below 10<sup>9</sup>/L.\n\nGive H<sub>2</sub>O.\n\nThe <BRCA1> gene.";
    assert_eq!(
        render(typed, &[], "cause"),
        "<p>Platelets fell below 10<sup>9</sup>/L.</p>\n<p>Give H<sub>2</sub>O.</p>\n\
             <p>The &lt;BRCA1&gt; gene.</p>\n"
    );
    for (typed, shown) in [
        (
            "<BRCA1>\nis a *gene*",
            "<p>&lt;BRCA1&gt;\nis a <em>gene</em></p>\n",
        ),
        (
            "<div>\n\n**In** it\n</div>",
            "<p>&lt;div&gt;</p>\n<p><strong>In</strong> it\n&lt;/div&gt;</p>\n",
        ),
        ("<!-- a comment", "<p>&lt;!-- a comment</p>\n"),
        ("a <!-- b --> c", "<p>a &lt;!-- b --&gt; c</p>\n"),
        ("x<SUP>*2*</SUP>", "<p>x<sup><em>2</em></sup></p>\n"),
        ("x<sup>2", "<p>x&lt;sup&gt;2</p>\n"),
        (
            "5~10 <b> 10<sup>9</sup> 5~10",
            "<p>5~10 &lt;b&gt; 10<sup>9</sup> 5~10</p>\n",
        ),
        (
            "x</sub> <sup>a<sub>b</sup>",
            "<p>x&lt;/sub&gt; <sup>a&lt;sub&gt;b</sup></p>\n",
        ),
        (
            "<sup class=x>2</sup>",
            "<p>&lt;sup class=x&gt;2&lt;/sup&gt;</p>\n",
        ),
    ] {
        assert_eq!(render(typed, &[], "cause"), shown, "{typed:?}");
    }
}

#[test]
fn what_a_notation_would_swallow_is_shown() {
    for (typed, words) in [
        ("![An eye](https://a.example/eye.png)", "An eye"),
        ("![](eye.png)", "eye.png"),
        ("[![An eye](eye.png)](/x)", "An eye (eye.png)"),
        ("[Call us](tel:+354123)", "Call us (tel:+354123)"),
        ("[Call us](javascript:alert)", "Call us (javascript:alert)"),
        ("[](/somewhere)", "/somewhere"),
        ("``` Two pills\na day\n```", "Two pills"),
        ("[Note]: take-care", "[Note]: take-care"),
        ("[a]: /first\n\n[a]: /second\n\n[a]", "[a]: /second"),
        ("| a | b |\n|---|---|\n| 1 | 2 | three |", "three"),
        ("0. None\n1. Mild\n3. Severe", "<li value=\"3\">Severe"),
        ("1. One\n1. Two", "<li>Two"),
    ] {
        let html = render(typed, &[], "cause");
        assert!(html.contains(words), "{typed:?}: {html}");
        assert!(
            !html.contains("<img") && !html.contains("<pre><code>\n"),
            "{html}"
        );
    }
    // A link by its label is a link, and its label no word of the text.
    assert_eq!(
        render("[Read][1] on.\n\n[1]: https://a.example/b", &[], "cause"),
        "<p><a href=\"https://a.example/b\" rel=\"nofollow ugc noopener\">Read</a> on.</p>\n"
    );
}

#[test]
fn no_control_character_reaches_a_page() {
    let html = render("a\u{b}b\u{7}\u{fffe}\0&#7;&#xfffe;&#11; c", &[], "cause");
    assert_eq!(domain::text::printable(&html), html);
    assert!(html.starts_with("<p>a\nb"), "{html:?}");
}

/// What a reader finds on a page: its text, and where links lead.
fn found(html: &str) -> String {
    let mut found = Vec::new();
    for piece in html.split('<') {
        let (tag, text) = piece.split_once('>').unwrap_or(("", piece));
        for name in ["href=\"", "title=\""] {
            let value = tag
                .split_once(name)
                .and_then(|(_, rest)| rest.split_once('"'));
            let mut rest = value.map_or("", |(value, _)| value);
            while let Some((before, after)) = rest.split_once('%') {
                found.extend_from_slice(before.as_bytes());
                match after.get(..2).map(|digits| u8::from_str_radix(digits, 16)) {
                    Some(Ok(byte)) => {
                        found.push(byte);
                        rest = &after[2..];
                    }
                    _ => rest = after,
                }
            }
            found.extend_from_slice(rest.as_bytes());
            found.push(b' ');
        }
        found.extend_from_slice(text.as_bytes());
    }
    String::from_utf8_lossy(&found).into_owned()
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(2_000))]

    #[test]
    fn every_word_is_on_the_page(pieces in proptest::collection::vec(
        proptest::sample::select(vec![
            "<", ">", "</", "<!--", "-->", "<div>", "<sup>", "</sup>", "<sub>", "</sub>", "<?",
            "~", "~~", "*", "**", "_", "`", "```", "\n```", "\n~~~ ", "[", "]", "](", ")", "![",
            "]: ", "\n[", " \"", "\"", "\n", "\n\n", "\n> ", "\n- ", "\n1. ", "\n7) ", "\n# ",
            "\n===\n", "\n---\n", "|", "\n|", "|\n|---|---|\n|", "a|b\n-|-\n", "\\", "&", "&amp;",
            ";", "http://", "www.", "mailto:", "javascript:", "tel:", "@", ":", "/", ".", " ", "    ",
            "\n    ", "\t", "\u{b}", "\u{7}", "é", "%41", "#", "?", "=", "(", "'",
        ]),
        0..30,
    )) {
        // Each has a letter that is nowhere else.
        let word = |index: u32| format!("q{}z", char::from_u32(0x4e00 + index).unwrap());
        let text: String = pieces
            .iter()
            .zip(0..)
            .flat_map(|(piece, index)| [word(index), (*piece).to_owned()])
            .collect();
        let html = render(&text, &[], "cause");
        let found = found(&html);
        for (_, index) in pieces.iter().zip(0..) {
            proptest::prop_assert!(found.contains(&word(index)), "{} of {text:?} in {html}", word(index));
        }
    }
}
