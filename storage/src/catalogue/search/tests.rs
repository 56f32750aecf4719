use std::sync::LazyLock;

use domain::{
    catalogue::{Code, Matched, SearchHit, search_form, whole_form},
    text::{MAX_QUERY, fold},
};
use proptest::prelude::*;

use super::{Entry, IndexBuilder, MAX_HITS, SearchIndex};

mod meaning;

fn entry(name: &str, other_names: &[&str], codes: &[&str], summary: &str) -> Entry {
    Entry {
        slug: domain::text::slug(name),
        is_family: false,
        name: name.to_owned(),
        everyday_names: Vec::new(),
        other_names: other_names.iter().map(|&name| name.to_owned()).collect(),
        codes: codes.iter().flat_map(|code| code.parse::<Code>()).collect(),
        summary: (!summary.is_empty()).then(|| summary.to_owned()),
    }
}

fn index_of(entries: &[Entry]) -> SearchIndex {
    let mut builder = IndexBuilder::default();
    for entry in entries {
        builder.add(entry);
    }
    builder.build()
}

fn entries() -> Vec<Entry> {
    let mut entries = vec![
        entry(
            "multiple myeloma",
            &[
                "plasma cell myeloma",
                "Kahler disease",
                "Kahler's disease",
                "myelomatosis",
                "mm",
            ],
            &[
                "MONDO:0009693",
                "ORPHA:29073",
                "OMIM:254500",
                "ICD10CM:C90.0",
                "MESH:D009101",
                "DOID:9538",
            ],
            "A cancer of blood cells that grow in the bone marrow.",
        ),
        entry(
            "plasma cell leukemia",
            &["leukemia, plasmacytic"],
            &["ORPHA:454714", "ICD10CM:C90.1"],
            "A rare cancer of the blood, related to multiple myeloma.",
        ),
        entry(
            "smoldering myeloma",
            &["asymptomatic multiple myeloma"],
            &["ICD10CM:C90.0"],
            "",
        ),
        entry(
            "Huntington disease",
            &["Huntington's chorea"],
            &["OMIM:143100"],
            "",
        ),
        entry(
            "Duchenne muscular dystrophy",
            &["DMD"],
            &["OMIM:310200"],
            "",
        ),
        entry("Becker muscular dystrophy", &["BMD"], &["OMIM:300376"], ""),
        entry(
            "phenylketonuria",
            &["PKU", "Følling's disease"],
            &["OMIM:261600"],
            "",
        ),
        entry(
            "Marfan syndrome",
            &["MFS"],
            &["OMIM:154700"],
            "Long limbs and weak vessels.",
        ),
        entry("neonatal Marfan syndrome", &[], &[], ""),
        entry(
            "Phelan-McDermid syndrome",
            &["22q13.3 deletion syndrome"],
            &[],
            "",
        ),
        entry("22q11.2 deletion syndrome", &["DiGeorge syndrome"], &[], ""),
        entry(
            "Cornelia de Lange syndrome",
            &["Brachmann-de Lange"],
            &["OMIMPS:122470"],
            "",
        ),
        entry("Sjögren syndrome", &["sicca syndrome"], &[], ""),
        entry("Kohler disease", &["navicular osteochondrosis"], &[], ""),
    ];
    entries.sort_by_key(|entry| fold(&entry.name));
    entries
}

fn index() -> &'static SearchIndex {
    static INDEX: LazyLock<SearchIndex> = LazyLock::new(|| index_of(&entries()));
    &INDEX
}

fn names(hits: &[SearchHit]) -> Vec<&str> {
    hits.iter().map(|hit| hit.name.as_str()).collect()
}

/// The first hit's name and what matched, and whether the query was corrected.
fn first(query: &str) -> Option<(String, Matched, bool)> {
    let answer = index().search(query, 0);
    let hit = answer.hits.into_iter().next()?;
    Some((hit.name, hit.matched, answer.corrected))
}

#[test]
fn codes_are_found_in_any_spelling() {
    for (query, code) in [
        ("ORPHA:29073", "ORPHA:29073"),
        ("orpha 29073", "ORPHA:29073"),
        ("ORPHA29073", "ORPHA:29073"),
        ("29073", "ORPHA:29073"),
        ("MONDO:0009693", "MONDO:0009693"),
        ("MONDO_0009693", "MONDO:0009693"),
        ("0009693", "MONDO:0009693"),
        ("254500", "OMIM:254500"),
        ("OMIM #254500", "OMIM:254500"),
        ("C90.0", "ICD-10:C90.0"),
        ("ICD 10 c90.0", "ICD-10:C90.0"),
        ("D009101", "MeSH:D009101"),
        ("DOID:9538", "DOID:9538"),
    ] {
        let matched = Matched::Code(code.to_owned());
        let expected = Some(("multiple myeloma".to_owned(), matched, false));
        assert_eq!(first(query), expected, "{query}");
    }
    let series = first("PS122470").map(|hit| hit.1);
    assert_eq!(series, Some(Matched::Code("OMIMPS:122470".to_owned())));
    assert_eq!(index().search("C90.0", 0).total, 2);
    assert_eq!(first("ORPHA:99999999"), None);
    // Numbers of other systems are too short to mean one without its prefix.
    assert_eq!(first("9538"), None);
}

#[test]
fn names_are_found() {
    let synonym = |name: &str| Matched::Synonym(name.to_owned());
    for (query, name, matched) in [
        ("Multiple Myeloma", "multiple myeloma", Matched::Name),
        (
            "  multiple\tmyeloma\u{0}",
            "multiple myeloma",
            Matched::Name,
        ),
        ("kahlers", "multiple myeloma", synonym("Kahler disease")),
        (
            "Kahler’s disease",
            "multiple myeloma",
            synonym("Kahler's disease"),
        ),
        ("MM", "multiple myeloma", synonym("mm")),
        ("huntingtons", "Huntington disease", Matched::Name),
        (
            "dystrophy duchenne",
            "Duchenne muscular dystrophy",
            Matched::Name,
        ),
        ("muscular dys", "Becker muscular dystrophy", Matched::Name),
        ("sjogren", "Sjögren syndrome", Matched::Name),
        ("folling", "phenylketonuria", synonym("Følling's disease")),
        ("phelan mcd", "Phelan-McDermid syndrome", Matched::Name),
        (
            "22q13",
            "Phelan-McDermid syndrome",
            synonym("22q13.3 deletion syndrome"),
        ),
        // From two names, and from a name and the summary.
        (
            "dmd dystrophy",
            "Duchenne muscular dystrophy",
            Matched::Name,
        ),
        ("myeloma marrow", "multiple myeloma", Matched::Summary),
    ] {
        let expected = Some((name.to_owned(), matched, false));
        assert_eq!(first(query), expected, "{query}");
    }
}

#[test]
fn typing_errors_are_forgiven() {
    for (query, name) in [
        ("mutiple mieloma", "multiple myeloma"),
        ("duchene", "Duchenne muscular dystrophy"),
        ("fenylketonuria", "phenylketonuria"),
        ("huntingdon disease", "Huntington disease"),
        ("mulitple meyloma", "multiple myeloma"),
        ("multiplemyeloma", "multiple myeloma"),
        ("phenyl ketonuria", "phenylketonuria"),
        ("morfan syndrome symptoms", "Marfan syndrome"),
        ("what is the marfan syndrome", "Marfan syndrome"),
    ] {
        let found = first(query).map(|(name, _, corrected)| (name, corrected));
        assert_eq!(found, Some((name.to_owned(), true)), "{query}");
        let suggested = index().suggest(query, 8);
        assert_eq!(names(&suggested).first(), Some(&name), "{query}");
    }
    // Still being typed, with an error already.
    assert_eq!(
        names(&index().suggest("mutiple mielo", 8)),
        ["multiple myeloma", "smoldering myeloma"]
    );
    assert_eq!(
        names(&index().suggest("huntingd", 8)),
        ["Huntington disease"]
    );
}

#[test]
fn short_words_and_numbers_have_to_be_right() {
    for query in [
        "pkv",
        "22q12.3 deletion",
        "zzzz",
        "zzzz syndrome",
        "!!!",
        "",
        " ",
    ] {
        assert_eq!(first(query), None, "{query}");
        assert!(index().suggest(query, 8).is_empty(), "{query}");
    }
}

#[test]
fn better_ways_of_answering_come_first() {
    let index = index();
    let answer = index.search("multiple myeloma", 0);
    assert_eq!(
        names(&answer.hits),
        ["multiple myeloma", "smoldering myeloma"]
    );
    // A summary alone would answer to symptoms.
    assert_eq!(index.search("cancer of bone marrow", 0).total, 0);
    // Display names before others, whole names before beginnings.
    assert_eq!(
        names(&index.search("plasma cell", 0).hits),
        ["plasma cell leukemia", "multiple myeloma"]
    );
    assert_eq!(
        names(&index.search("marfan", 0).hits),
        ["Marfan syndrome", "neonatal Marfan syndrome"]
    );
    // Typing errors are no reason to show more where a name fits as typed.
    assert_eq!(names(&index.search("kohler", 0).hits), ["Kohler disease"]);
}

#[test]
fn answers_come_in_pages() {
    let many: Vec<Entry> = (0..450)
        .map(|number| entry(&format!("ataxia type {number:03}"), &[], &[], ""))
        .collect();
    let index = index_of(&many);
    let answer = index.search("ataxia", 180);
    assert_eq!(
        (answer.total, answer.from, answer.hits.len()),
        (MAX_HITS, 180, 20)
    );
    assert_eq!(answer.hits[0].name, "ataxia type 180");
    assert!(index.search("ataxia", usize::MAX).hits.is_empty());
    assert_eq!(index.suggest("type", 8).len(), 8);
    assert!(index.suggest("ataxia", 0).is_empty());
    assert_eq!(index.suggest("ataxia", usize::MAX).len(), MAX_HITS);
}

#[test]
fn only_results_have_summaries() {
    let index = index();
    let answer = index.search("kahlers disease", 0);
    let line = "A cancer of blood cells that grow in the bone marrow.";
    assert_eq!(answer.hits[0].summary.as_deref(), Some(line));
    assert_eq!(index.suggest("kahlers disease", 8)[0].summary, None);
    assert_eq!(index.search("dmd", 0).hits[0].summary, None);
}

#[test]
fn long_queries_are_cut() {
    let index = index();
    let answer = index.search(&" multiple".repeat(1_200), 0);
    assert_eq!(answer.query.chars().count(), MAX_QUERY);
    assert!(index.search(&"a".repeat(10_000), 0).hits.is_empty());
    assert_eq!(index.search(" \u{1}x\u{1b}y ", 0).query, "x y");
}

#[test]
fn an_empty_catalogue_answers_nothing() {
    let index = index_of(&[]);
    assert!(index.is_empty());
    assert!(index.suggest("myeloma", 8).is_empty());
    assert_eq!(index.search("sindrome de myeloma", 0).total, 0);
}

proptest! {
    #[test]
    fn nothing_typed_does_harm(query in any::<String>(), from in any::<usize>()) {
        let index = index();
        let answer = index.search(&query, from);
        prop_assert!(answer.total <= MAX_HITS);
        prop_assert!(answer.query.chars().count() <= MAX_QUERY);
        index.suggest(&query, 8);
    }

    #[test]
    fn no_words_do_harm(query in "([a-z0-9]{1,12}[ :.#-]){0,20}(myelo|syndrom|ORPHA|de)?") {
        let index = index();
        let answer = index.search(&query, 0);
        prop_assert!(!answer.corrected || answer.total > 0);
        index.suggest(&query, 8);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))] // Each builds an index.

    #[test]
    fn every_name_finds_itself(
        names in prop::collection::vec("[A-Za-z0-9' ,-]{1,24}|\\PC{1,12}", 1..20),
    ) {
        let entries: Vec<Entry> = names.iter().map(|name| entry(name, &[], &[], "")).collect();
        let index = index_of(&entries);
        for name in names.iter().filter(|name| !search_form(name).is_empty()) {
            let answer = index.search(name, 0);
            let form = |name: &str| whole_form(&search_form(name));
            prop_assert_eq!(form(&answer.hits[0].name), form(name));
            prop_assert_eq!(&answer.hits[0].matched, &Matched::Name);
            prop_assert!(!answer.corrected);
        }
    }
}

/// The name with each possible error in each of its long words.
fn misspelled(name: &str) -> Vec<String> {
    let name = fold(name);
    let words: Vec<String> = name.split(' ').map(str::to_owned).collect();
    (0..words.len())
        .filter(|&word| words[word].len() >= 8)
        .filter(|&word| words[word].bytes().all(|b| b.is_ascii_lowercase()))
        .flat_map(|word| errors(&words[word]).map(move |wrong| (word, wrong)))
        .map(|(word, wrong)| {
            let mut words = words.clone();
            words[word] = wrong;
            words.join(" ")
        })
        .collect()
}

/// A word less one of its letters, with a wrong one, or with two neighbours exchanged.
fn errors(word: &str) -> impl Iterator<Item = String> {
    let letters: Vec<char> = word.chars().collect();
    (0..letters.len() - 1)
        .flat_map(move |at| {
            let mut missing = letters.clone();
            missing.remove(at);
            let mut exchanged = letters.clone();
            exchanged.swap(at, at + 1);
            let mut wrong = vec![missing, exchanged];
            wrong.extend(['a', 'e', 'h', 'q', 's', 'y'].map(|letter| {
                let mut replaced = letters.clone();
                replaced[at] = letter;
                replaced
            }));
            wrong
        })
        .map(String::from_iter)
}

#[test]
fn one_error_in_a_long_word_is_forgiven() {
    let index = index();
    for entry in entries() {
        for typed in misspelled(&entry.name) {
            // A letter that makes it another spelling of something else is more than one error:
            // "smoedering" is "smedering".
            if search_form(&typed) != typed {
                continue;
            }
            let found = index.search(&typed, 0);
            assert!(names(&found.hits).contains(&&*entry.name), "{typed}");
            let suggested = index.suggest(&typed, 8);
            assert!(names(&suggested).contains(&&*entry.name), "{typed}");
        }
    }
}
