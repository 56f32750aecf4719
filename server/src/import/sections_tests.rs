use std::{collections::BTreeSet, io::Write, path::PathBuf};

use super::*;

fn sample() -> SectionsImport {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/samples/sections.jsonl");
    read_sections(&path, MaxSize::default(), |_, _| {}).unwrap()
}

fn read_bytes(bytes: &[u8]) -> Result<SectionsImport, ImportError> {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(bytes).unwrap();
    read_sections(file.path(), MaxSize::default(), |_, _| {})
}

/// The preferred text of a section.
fn text<'a>(
    import: &'a SectionsImport,
    condition: &str,
    kind: SectionKind,
) -> (&'a SourceDocument, &'a str) {
    let condition: Code = condition.parse().unwrap();
    let of_condition = |document: &&SourceDocument| document.condition == condition;
    let found = import
        .documents
        .iter()
        .filter(of_condition)
        .flat_map(|document| document.texts.iter().map(move |text| (document, text)))
        .filter(|(_, text)| text.kind == kind)
        .min_by_key(|(_, text)| text.rank)
        .unwrap();
    (found.0, &found.1.markdown)
}

#[test]
fn answers_go_to_their_sections() {
    let import = sample();
    assert_eq!(import.read, 24);
    let beta = |kind| text(&import, "MONDO:0000002", kind).1;
    assert_eq!(beta(SectionKind::Symptoms), "Symptoms of Beta.");
    assert_eq!(
        beta(SectionKind::Treatment),
        "Treatment of Beta.\n\nAnother treatment.\n\n### Prevention\n\nPrevention of Beta.\n\n\
         ### Points to remember\n\n- Eat well.\n- Sleep."
    );
    assert_eq!(
        beta(SectionKind::DiagnosticTests),
        "### Stages\n\nStages of Beta."
    );
    assert_eq!(
        beta(SectionKind::Cause),
        "Nobody knows.\n\n### Who is at risk\n\nAnybody."
    );
    assert_eq!(beta(SectionKind::Prognosis), "Good.");
    let (epsilon, symptoms) = text(&import, "MONDO:0000003", SectionKind::Symptoms);
    assert_eq!(symptoms, "Complications only.");
    assert_eq!(
        epsilon.source,
        "National Institute of Neurological Disorders and Stroke"
    );
}

#[test]
fn texts_are_preferred_by_the_order_of_publishers() {
    let import = sample();
    let (description, markdown) = text(&import, "MONDO:0000001", SectionKind::Description);
    assert_eq!(markdown, "GARD about Alpha.");
    assert_eq!(
        description.source,
        "Genetic and Rare Diseases Information Center"
    );
    assert_eq!(description.url, "", "only web addresses are kept");
    assert_eq!((description.year, description.line), (2018, 3));
    // GARD only tells about inheritance; GHR about the cause.
    let (cause, markdown) = text(&import, "MONDO:0000001", SectionKind::Cause);
    assert_eq!(cause.url, "https://example.org/ghr");
    assert_eq!(
        markdown,
        "### Genetic changes\n\nA gene is changed.\n\n### Inheritance\n\nIt is recessive."
    );
    let (_, tests) = text(&import, "MONDO:0000001", SectionKind::DiagnosticTests);
    assert_eq!(tests, "By a test.");
    let alpha: Code = "MONDO:0000001".parse().unwrap();
    let kinds: BTreeSet<_> = import
        .documents
        .iter()
        .filter(|document| document.condition == alpha)
        .flat_map(|document| &document.texts)
        .map(|text| text.kind)
        .collect();
    assert_eq!(
        Vec::from_iter(kinds),
        [
            SectionKind::Description,
            SectionKind::Cause,
            SectionKind::DiagnosticTests
        ],
        "empty answers and lists of links are no texts"
    );
}

#[test]
fn how_common_it_is_follows_the_description() {
    let line = include_str!("../../tests/samples/sections.jsonl")
        .lines()
        .next()
        .unwrap();
    let import = read_bytes(line.as_bytes()).unwrap();
    assert_eq!(
        import.documents[0].texts[0].markdown,
        "Alpha is rare.\n\nIt begins early.\n\n### How common it is\n\nOne in a million."
    );
}

#[test]
fn refusals_name_line_and_reason() {
    let refused: Vec<_> = sample()
        .refused
        .into_iter()
        .map(|refusal| format!("{}: {}: {}", refusal.line, refusal.subject, refusal.reason))
        .collect();
    assert_eq!(
        refused,
        [
            "4: news of research (1): left out because they are dated; this is the first",
            "1: lists of links (1): left out because the links are missing; this is the first",
            "6: Gamma: it names no condition (mondo is null)",
            "7: Delta: \"NOPE:1\" is no known code",
            "8: Epsilon: no section takes answers of the type \"horoscope\"",
        ]
    );
}

#[test]
fn a_text_that_is_too_long_is_cut_at_a_paragraph() {
    let paragraph = "é".repeat(30_000);
    let answer = [paragraph.as_str(); 3].join("\\n");
    let line = format!(
        "{{\"mondo\": \"MONDO:1\", \"focus\": \"X\", \"source\": \"?\", \"url\": null, \"sections\": \
         [{{\"type\": \"outlook\", \"answer\": \"{}.\"}}]}}",
        answer.replace("\\n", "A.\\n")
    );
    let import = read_bytes(line.as_bytes()).unwrap();
    assert_eq!(import.documents[0].texts[0].markdown.len(), 60_002);
    assert!(
        import.refused[0]
            .reason
            .contains("cut at a paragraph to 60002")
    );
}

#[test]
fn a_bad_line_is_named() {
    let good = "{\"mondo\": null, \"focus\": \"X\", \"source\": \"GARD\", \"url\": null, \"sections\": []}\n";
    for (bad, expected) in [
        ("{\"mondo\": null", "EOF"),
        ("not json", "expected"),
        (
            "{\"mondo\": null, \"focus\": \"X\", \"source\": \"GARD\"}",
            "missing field `sections`",
        ),
        ("[]", "not a record"),
    ] {
        let text = format!("{good}{good}{bad}\n{good}");
        let error = read_bytes(text.as_bytes()).unwrap_err().to_string();
        assert!(error.contains("line 3: not a record"), "{error}");
        assert!(error.contains(expected), "{error}");
        assert_eq!(error.matches(" line ").count(), 1, "{error}");
    }
    let mut latin = good.as_bytes().to_vec();
    latin.extend(b"{\"mondo\": \"caf\xe9\"}\n");
    assert!(matches!(
        read_bytes(&latin),
        Err(ImportError::Encoding { line: 2, .. })
    ));
    assert!(matches!(
        read_bytes(b"\n\n"),
        Err(ImportError::Nothing { .. })
    ));
}

#[test]
fn the_real_data_of_medquad() {
    let Some(path) = crate::test_data::file("sections/medquad.jsonl.gz") else {
        return;
    };
    let started = std::time::Instant::now();
    let import = read_sections(&path, MaxSize::default(), |_, _| {}).unwrap();
    assert!(
        import.incomplete,
        "every character beyond ASCII is gone from it"
    );
    let texts = || {
        let of = |document: &'_ SourceDocument| document.texts.clone();
        import.documents.iter().flat_map(of)
    };
    println!(
        "{} texts, {} refusals, in {:?}",
        texts().count(),
        import.refused.len(),
        started.elapsed()
    );
    assert_eq!(import.read, 14_387);
    // Of the documents that name a condition; the others are not taken.
    assert!(texts().count() > 6_500, "{}", texts().count());
    for text in texts() {
        let markdown = &text.markdown;
        assert!(!markdown.trim().is_empty() && markdown.len() <= LONGEST_TEXT);
        assert!(
            !markdown.contains("Approximate number of patients"),
            "{markdown}"
        );
        assert!(!markdown.contains("   -"), "{markdown}");
    }
}
