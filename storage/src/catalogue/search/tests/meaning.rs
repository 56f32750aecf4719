//! What people mean by what they type, and when nothing is meant.

use super::*;

#[test]
fn spellings_of_one_name_are_one() {
    let named = |name: &str, other: &[&str]| entry(name, other, &[], "");
    let index = index_of(&[
        named("alpha-1 antitrypsin deficiency", &["α1AT deficiency"]),
        named("collagen type III glomerulopathy", &[]),
        named("Meckel syndrome, type 6", &[]),
        named(
            "mucopolysaccharidosis type 2",
            &["MPS II", "Hunter syndrome"],
        ),
        named("β-thalassemia intermedia", &[]),
    ]);
    for (query, name) in [
        (
            "α1-antitrypsin deficiency",
            "alpha-1 antitrypsin deficiency",
        ),
        (
            "Collagen type 3 glomerulopathy",
            "collagen type III glomerulopathy",
        ),
        ("Meckel syndrome, type VI", "Meckel syndrome, type 6"),
        ("mps 2", "mucopolysaccharidosis type 2"),
        ("MPS2", "mucopolysaccharidosis type 2"),
        ("MPS type II", "mucopolysaccharidosis type 2"),
        ("Hunter's syndrome", "mucopolysaccharidosis type 2"),
        ("Morbus Hunter", "mucopolysaccharidosis type 2"),
        ("beta thalassaemia", "β-thalassemia intermedia"),
    ] {
        let answer = index.search(query, 0);
        assert_eq!(names(&answer.hits).first(), Some(&name), "{query}");
        assert!(!answer.corrected, "{query}");
        // However far one has typed.
        for end in query.char_indices().map(|(at, _)| at).skip(6) {
            let typed = query[..end].trim();
            let found = index.suggest(typed, 8);
            // "MPS type I" is another condition, until the second I is typed.
            if !typed.ends_with(['I', 'V']) && !typed.starts_with("Morbus") {
                assert!(names(&found).contains(&name), "{typed}");
            }
        }
    }
}

#[test]
fn families_come_behind_conditions_unless_they_are_called_so() {
    let family = |name: &str, other: &[&str]| Entry {
        is_family: true,
        ..entry(name, other, &[], "")
    };
    let index = index_of(&[
        entry("Becker muscular dystrophy", &[], &[], ""),
        entry(
            "facioscapulohumeral dystrophy",
            &["muscle wasting"],
            &[],
            "",
        ),
        family("muscular dystrophy", &["muscle wasting"]),
        family("muscular dystrophy of the limbs and girdles", &[]),
    ]);
    for (query, expected) in [
        (
            "muscular dystrophy",
            &[
                "muscular dystrophy",
                "muscular dystrophy of the limbs and girdles",
                "Becker muscular dystrophy",
            ][..],
        ),
        (
            "muscle wasting",
            &["facioscapulohumeral dystrophy", "muscular dystrophy"],
        ),
        (
            "dystrophy muscular",
            &[
                "Becker muscular dystrophy",
                "muscular dystrophy",
                "muscular dystrophy of the limbs and girdles",
            ],
        ),
    ] {
        let answer = index.search(query, 0);
        assert_eq!(names(&answer.hits), expected, "{query}");
        let families = answer.hits.iter().filter(|hit| hit.is_family).count();
        let named = |name: &&&str| name.starts_with("muscular");
        assert_eq!(families, expected.iter().filter(named).count(), "{query}");
    }
}

#[test]
fn whole_diseases_come_before_numbered_ones() {
    let index = index_of(&[
        entry("Usher syndrome type 1", &["USH"], &[], ""),
        entry("Usher syndrome type 2", &["USH"], &[], ""),
        entry(
            "syndrome of Usher, whole",
            &["USH", "Usher syndrome, all"],
            &[],
            "",
        ),
    ]);
    for query in ["usher", "USH", "usher syndrome", "syndrome usher"] {
        let answer = index.search(query, 0);
        assert_eq!(
            names(&answer.hits).first(),
            Some(&"syndrome of Usher, whole"),
            "{query}"
        );
    }
    let answer = index.search("usher 2", 0);
    assert_eq!(names(&answer.hits), ["Usher syndrome type 2"]);
}

#[test]
fn everyday_names_come_before_those_of_sources() {
    let index = index_of(&[
        Entry {
            everyday_names: vec!["EDS".to_owned()],
            ..entry("Ehlers-Danlos syndrome, all of them", &[], &[], "")
        },
        entry("ED", &["EDS"], &[], ""),
    ]);
    let answer = index.search("eds", 0);
    assert_eq!(
        names(&answer.hits),
        ["Ehlers-Danlos syndrome, all of them", "ED"]
    );
}

#[test]
fn a_code_is_exact_or_stands_for_those_below() {
    let index = index_of(&[
        entry("A disease", &[], &["ICD10CM:G12.21"], ""),
        entry("B disease", &[], &["ICD10CM:G12.22", "ORPHA:803"], ""),
        entry("C disease", &["803"], &["ICD10CM:Q79.6"], ""),
    ]);
    assert_eq!(index.search("G12.2", 0).total, 2);
    assert_eq!(index.search("G12.2", 0).coded, None);
    assert_eq!(
        index.search("G12.21", 0).coded.as_deref(),
        Some("a-disease")
    );
    assert_eq!(index.search("q79.6", 0).coded.as_deref(), Some("c-disease"));
    assert_eq!(
        index.search("ORPHA:803", 0).coded.as_deref(),
        Some("b-disease")
    );
    assert_eq!(index.search("803", 0).coded, None);
    assert_eq!(index.search("disease", 0).coded, None);
}

#[test]
fn symptoms_and_other_scripts_find_nothing() {
    let entries: Vec<Entry> = entries()
        .into_iter()
        .chain([entry(
            "amyloidosis of the heart",
            &["AI", "flu toxicity"],
            &[],
            "",
        )])
        .collect();
    let index = index_of(&entries);
    for query in [
        "my legs are weak and i fall a lot",
        "爱",
        "多发性骨髓瘤",
        "التصلب المتعدد",
        "маркан",
        "flv",
        "marf",
        "bone pain",
    ] {
        let answer = index.search(query, 0);
        assert!(answer.hits.is_empty(), "{query}: {:?}", answer.hits);
    }
    // A name within a sentence is a guess.
    let answer = index.search("my daughter may have marfan, what now", 0);
    assert_eq!(names(&answer.hits), ["Marfan syndrome"]);
    assert!(answer.corrected);
}

#[test]
fn a_part_of_a_name_is_no_exact_match() {
    let index = index_of(&[
        entry("avian influenza", &["bird flu"], &[], ""),
        entry("Kahler disease", &["ACNES"], &[], ""),
    ]);
    for (query, partial) in [
        ("influenza", true),
        ("flu", true),
        ("bird flu", false),
        ("influenza avian", false),
        ("Kahler", false),
        ("Morbus Kahler", false),
        ("kahlers", false),
    ] {
        let answer = index.search(query, 0);
        assert_eq!((answer.total, answer.partial), (1, partial), "{query}");
    }
    assert_eq!(index.search("acne", 0).total, 0);
}
