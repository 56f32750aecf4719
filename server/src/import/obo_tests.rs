use std::io::Write;

use super::*;

fn read(text: &str) -> Result<Ontology, ImportError> {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(text.as_bytes()).unwrap();
    read_obo(file.path(), MaxSize::default(), |_, _| {})
}

fn term(body: &str) -> Term {
    read(&format!("[Term]\nid: X:1\n{body}")).unwrap().terms[0].clone()
}

fn ids(mentions: &[Mention]) -> Vec<&str> {
    mentions.iter().map(|mention| mention.id.as_str()).collect()
}

fn problem(text: &str) -> (u64, String) {
    match read(text) {
        Err(ImportError::Broken { line, problem, .. }) => (line, problem),
        other => panic!("{other:?}"),
    }
}

#[test]
fn synonyms_have_a_scope_a_type_both_or_neither() {
    let term = term(
        "synonym: \"a\" []\n\
         synonym: \"b\" EXACT []\n\
         synonym: \"c\" EXACT OMO:0003012 []\n\
         synonym: \"d\" OMO:0003012 []\n\
         synonym: \"e\" NARROW [GARD:1] {source=\"x\"}\n\
         synonym: \"f\" BROAD\n\
         exact_synonym: \"g\" []\n",
    );
    let found: Vec<_> = term
        .synonyms
        .iter()
        .map(|synonym| (synonym.name.as_str(), synonym.scope, synonym.line))
        .collect();
    assert_eq!(
        found,
        [
            ("a", Scope::Related, 3),
            ("b", Scope::Exact, 4),
            ("c", Scope::Exact, 5),
            ("d", Scope::Related, 6),
            ("e", Scope::Narrow, 7),
            ("f", Scope::Broad, 8),
            ("g", Scope::Exact, 9),
        ]
    );
}

#[test]
fn escapes_are_resolved_and_unknown_ones_tolerated() {
    let term = term(
        "name: x\\, type 1\\: mild\n\
         def: \"He said \\\"it\\\" \\, \\: \\n new \\q\\\\ end\" [url:http\\://a.b/c]\n\
         synonym: \"a \\\"b\\\" c\" EXACT []\n",
    );
    assert_eq!(term.name, "x, type 1: mild");
    assert_eq!(
        term.definition.as_deref(),
        Some("He said \"it\" , : \n new q\\ end")
    );
    assert_eq!(term.synonyms[0].name, "a \"b\" c");
}

#[test]
fn qualifiers_and_comments_are_left_out() {
    let term = term(
        "name: the name {comment=\"a } ! b\"} ! really\n\
         xref: B:1 {source=\"z\", source=\"y\"}\n\
         xref: B:2 \"with a description\"\n\
         xref: B:3 ! said twice\n\
         is_a: A:2 {source=\"q\"} ! a parent\n\
         is_a: A:3\n\
         subset: rare {source=\"s\"}\n",
    );
    assert_eq!(term.name, "the name");
    assert_eq!(ids(&term.xrefs), ["B:1", "B:2", "B:3"]);
    assert_eq!(ids(&term.parents), ["A:2", "A:3"]);
    assert_eq!(term.subsets, ["rare"]);
}

#[test]
fn braces_and_marks_may_be_part_of_a_name() {
    for name in [
        "2{3}-thing",
        "an {odd} one",
        "5\" ruler",
        "stop!",
        "glucose {beta}",
    ] {
        assert_eq!(term(&format!("name: {name}\n")).name, name);
    }
}

#[test]
fn obsolete_terms_name_their_replacement() {
    let term =
        term("name: obsolete x\nis_obsolete: true\nreplaced_by: X:2\nconsider: X:3\nalt_id: X:9\n");
    assert!(term.obsolete);
    assert_eq!(term.replaced_by.unwrap().id, "X:2");
    assert_eq!(ids(&term.alternative_ids), ["X:9"]);
}

#[test]
fn an_obsolete_flag_counts_in_any_spelling() {
    for flag in [
        "is_obsolete: true",
        "is_obsolete: TRUE",
        "is_obsolete: 1",
        "is_obsolete:yes {source=\"x\"}",
        "is_obsolete: \"true\" ! gone",
        "Is_Obsolete: True",
        "deprecated: true",
        "property_value: owl:deprecated \"true\" xsd:boolean",
        "property_value: http://www.w3.org/2002/07/owl#deprecated true",
        "is_obsolete: true\nis_obsolete: false",
    ] {
        assert!(term(&format!("{flag}\n")).obsolete, "{flag}");
    }
    for flag in [
        "is_obsolete: false",
        "is_obsolete: False",
        "is_obsolete: 0",
        "is_obsolete:",
        "property_value: owl:deprecated \"false\" xsd:boolean",
        "property_value: seeAlso \"true\" xsd:boolean",
        "name: obsolete: true",
    ] {
        assert!(!term(&format!("{flag}\n")).obsolete, "{flag}");
    }
}

#[test]
fn a_term_longer_than_any_real_one_is_refused() {
    let line = format!("comment: {}\n", "x".repeat(1_000_000));
    let (at, problem) = problem(&format!("[Term]\nid: X:1\n{}", line.repeat(3)));
    assert_eq!(at, 5);
    assert!(problem.contains("longer than 2097152 bytes"), "{problem}");
}

#[test]
fn what_is_considered_is_not_a_replacement() {
    let term = term("is_obsolete: true\nconsider: X:3\n");
    assert_eq!(term.replaced_by, None);
}

#[test]
fn header_other_stanzas_and_windows_line_ends() {
    let ontology = read(
        "\u{feff}format-version: 1.4\r\ndata-version: releases/2026-08-04/x.obo\r\n\
         ontology: x\r\nremark: one\r\nremark: two\r\n! a comment\r\n\r\n\
         [Typedef]\r\nid: part_of\r\nname: part of\r\n\r\n\
         [Term] ! the only one\r\nid: X:1\r\nname: first\r\n\r\n\
         [Instance]\r\nid: X:i\r\n",
    )
    .unwrap();
    assert_eq!(ontology.header.ontology, "x");
    assert_eq!(ontology.header.data_version, "releases/2026-08-04/x.obo");
    assert_eq!(ontology.header.remark, "one two");
    assert_eq!(ontology.terms.len(), 1);
    assert_eq!(ontology.terms[0].line, 12);
    assert_eq!(ontology.terms[0].name, "first");
}

#[test]
fn broken_stanzas_name_their_line() {
    for (text, line, expected) in [
        ("[Term]\nid: X:1\nname\n", 3, "is no \"tag: value\""),
        ("[Term]\nname: x\n\n[Term]\nid: X:1\n", 1, "has no id"),
        ("ontology: x\n\n[Term]\nname: x\n", 3, "has no id"),
        ("[Term]\nid:\n", 2, "the id is empty"),
        ("[Term]\nid: X:1\nid: X:2\n", 3, "second id"),
        ("[Term]\nid: X:1\nname: a\nname: b\n", 4, "second name"),
        ("[Term]\nid: X:1\nname:\nname: b\n", 4, "second name"),
        (
            "[Term]\nid: X:1\ndef: \"a\" []\ndef: \"a\" []\n",
            4,
            "second definition",
        ),
        ("[Term]\nid: X:1\ndef: \"open [X:1]\n", 3, "not closed"),
        ("[Term]\nid: X:1\ndef: bare\n", 3, "does not begin"),
        (
            "[Term]\nid: X:1\nsynonym: \"open EXACT []\n",
            3,
            "not closed",
        ),
        ("[Term]\nid: X:1\nsynonym: \"ends\\\" []\n", 3, "not closed"),
        ("[Term\nid: X:1\n", 1, "has no \"]\""),
        (
            "[Term]\nid: X:1\n\n[Term]\nid: X:1\n",
            4,
            "the id X:1 was already used in line 1",
        ),
    ] {
        let (found, problem) = problem(text);
        assert!(problem.contains(expected), "{text}: {problem}");
        assert_eq!(found, line, "{text}");
    }
}

#[test]
fn a_file_without_terms_is_not_an_ontology() {
    for text in ["", "ontology: x\n", "{\"a\": 1}\n", "[Typedef]\nid: x\n"] {
        match read(text) {
            Err(ImportError::Nothing { expected, .. }) => assert_eq!(expected, "no [Term]"),
            other => panic!("{text}: {other:?}"),
        }
    }
}
