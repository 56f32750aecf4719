use std::{io::Write, path::PathBuf};

use domain::catalogue::Scope;

use super::*;
use crate::test_data;

fn sample() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/samples/conditions.obo")
}

fn read(path: &Path, selection: &Selection) -> Result<CatalogueImport, ImportError> {
    let name = "Multiple myeloma".to_owned();
    let names = BTreeMap::from([(code("MONDO:0009693"), name)]);
    read_conditions(
        path,
        selection,
        names,
        &SourceOverride::default(),
        MaxSize::default(),
        |_, _| {},
    )
}

fn read_text(text: &str) -> CatalogueImport {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(text.as_bytes()).unwrap();
    read(file.path(), &Selection::all()).unwrap()
}

fn code(text: &str) -> Code {
    text.parse().unwrap()
}

fn term<'a>(import: &'a CatalogueImport, curie: &str) -> &'a ConditionTerm {
    import
        .terms
        .iter()
        .find(|term| term.curie == code(curie))
        .unwrap()
}

fn count(import: &CatalogueImport, which: impl Fn(&ConditionTerm) -> bool) -> usize {
    import.terms.iter().filter(|term| which(term)).count()
}

fn is_condition(term: &ConditionTerm) -> bool {
    !term.is_family && !term.withdrawn
}

#[test]
fn conditions_families_and_withdrawn_terms() {
    let import = read(&sample(), &Selection::default()).unwrap();
    assert_eq!(import.read, 8);
    assert!(import.complete);
    assert_eq!(import.source.release, "2026-01-02");
    let kinds: Vec<_> = import
        .terms
        .iter()
        .map(|term| (term.curie.value.as_str(), term.is_family, term.withdrawn))
        .collect();
    assert_eq!(
        kinds,
        [
            // The walk upwards goes on through what is selected and through what is grouping.
            ("0000001", true, false),
            ("0000002", true, false),
            ("0000003", false, false),
            ("0009693", false, false),
            ("0009694", false, true),
            ("0000006", false, true),
            ("0000007", false, true),
        ]
    );
    for withdrawn in ["MONDO:0009694", "MONDO:0000006", "MONDO:0000007"] {
        let replaced_by = term(&import, withdrawn).replaced_by.clone();
        assert_eq!(replaced_by, Some(code("MONDO:0009693")), "{withdrawn}");
    }
}

#[test]
fn names_codes_and_parents_of_a_condition() {
    let import = read(&sample(), &Selection::default()).unwrap();
    let myeloma = term(&import, "MONDO:0009693");
    assert_eq!(myeloma.name, "plasma cell myeloma");
    assert_eq!(myeloma.display_name.as_deref(), Some("Multiple myeloma"));
    assert_eq!(
        myeloma.definition.as_deref(),
        Some(
            "A myeloid neoplasm that is located in the plasma cells in bone marrow, has symptom pain."
        )
    );
    let synonyms: Vec<_> = myeloma
        .synonyms
        .iter()
        .map(|synonym| (synonym.name.as_str(), synonym.scope))
        .collect();
    assert_eq!(
        synonyms,
        [
            ("Kahler's disease", Scope::Exact),
            ("MM", Scope::Exact),
            ("solitary one", Scope::Narrow),
            ("plasma cell tumour", Scope::Broad),
            ("myeloma", Scope::Related),
        ]
    );
    let codes: Vec<_> = myeloma.codes.iter().map(ToString::to_string).collect();
    assert_eq!(
        codes,
        ["ORPHA:29073", "OMIM:254500", "GARD:7108", "UMLS:C0026764"]
    );
    assert_eq!(myeloma.parents, [code("MONDO:0000003")]);
    // A parent that is not in the file is kept: another release may bring it.
    assert_eq!(
        term(&import, "MONDO:0000003").parents,
        [code("MONDO:0000002"), code("MONDO:0099999")]
    );
}

#[test]
fn refusals_name_line_and_reason() {
    let import = read(&sample(), &Selection::default()).unwrap();
    let refused: Vec<_> = import
        .refused
        .iter()
        .map(|refusal| {
            (
                refusal.line,
                refusal.subject.as_str(),
                refusal.reason.as_str(),
            )
        })
        .collect();
    assert_eq!(
        refused,
        [
            (
                50,
                "MONDO:0009693",
                "\"OMIM:multiple\" is no possible code of OMIM"
            ),
            (
                71,
                "HP:0000001",
                "its id is of a system of codes that is not known here"
            ),
        ]
    );
}

#[test]
fn what_is_too_long_or_twice_there_is_refused() {
    let long = "x".repeat(501);
    let import = read_text(&format!(
        "[Term]\nid: MONDO:0000001\nname: a\nalt_id: MONDO:0000002\nsynonym: \"{long}\" EXACT []\n\n\
         [Term]\nid: MONDO:2\nname: b\nis_a: MONDO:0000002\n\n\
         [Term]\nid: mondo:0000002\nname: c\n\n\
         [Term]\nid: MONDO:0000003\n\n\
         [Term]\nid: MONDO:0000004\nname: {long}\n"
    ));
    let lines: Vec<_> = import.refused.iter().map(|refusal| refusal.line).collect();
    assert_eq!(lines, [4, 5, 12, 16, 19], "{:#?}", import.refused);
    assert_eq!(import.terms.len(), 2);
    assert_eq!(
        term(&import, "MONDO:0000002").parents,
        [],
        "no term is above itself"
    );
}

#[test]
fn alternative_ids_and_replacements_are_handed_on_step_by_step() {
    let import = read_text(
        "[Term]\nid: MONDO:0900001\nname: alpha\nalt_id: MONDO:0900002\n\n\
         [Term]\nid: MONDO:0900003\nname: old\nis_obsolete: True\nreplaced_by: MONDO:0900002\n\n\
         [Term]\nid: MONDO:0900004\nname: older\nis_obsolete: 1\nreplaced_by: MONDO:0900003\n",
    );
    for (from, to) in [
        ("MONDO:0900002", "MONDO:0900001"),
        ("MONDO:0900003", "MONDO:0900002"),
        ("MONDO:0900004", "MONDO:0900003"),
    ] {
        let term = term(&import, from);
        assert!(term.withdrawn, "{from}");
        assert_eq!(term.replaced_by, Some(code(to)), "{from}");
    }
}

#[test]
fn a_second_name_refuses_the_file_with_its_line() {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(
        b"format-version: 1.4\nontology: t\ndata-version: 2026-01-01\n\n[Term]\n\
          id: MONDO:0940101\nname: first name disease\nname: second name disease\n\
          def: \"One.\" []\ndef: \"Two.\" []\nsubset: orphanet_rare\n",
    )
    .unwrap();
    let error = read(file.path(), &Selection::default()).unwrap_err();
    assert!(
        error
            .to_string()
            .contains("line 8: this [Term] has a second name")
    );
}

#[test]
fn dagger_and_asterisk_are_no_part_of_a_code_and_foundation_ids_are_none() {
    let import = read_text(
        "[Term]\nid: Orphanet:990001\nname: dagger test amyloidosis\nxref: ICD-10:E85.4+\n\
         xref: ICD-10:I68.0*\nxref: ICD11:733056203\nxref: ICD11:5D00.0\n",
    );
    assert_eq!(import.refused, []);
    assert_eq!(
        term(&import, "ORPHA:990001").codes,
        [
            code("ICD-10:E85.4"),
            code("ICD-10:I68.0"),
            code("ICD-11:5D00.0")
        ]
    );
}

#[test]
fn names_that_were_given_up_and_logical_definitions_are_not_taken_over() {
    let import = read_text(
        "[Term]\nid: MONDO:0000001\nname: coloboma\n\
         def: \"An eye disease that has_material_basis_in mutation in the A gene.\" []\n\
         synonym: \"OBSOLETE: Ocular coloboma\" RELATED [Orphanet:194]\n\
         synonym: \"obsolete: Coloboma\" RELATED []\n\
         synonym: \"OBSOLETE: eye cleft\" RELATED []\n\
         synonym: \"Eye cleft\" RELATED []\n",
    );
    let coloboma = term(&import, "MONDO:0000001");
    assert_eq!(coloboma.definition, None);
    let synonyms: Vec<_> = coloboma.synonyms.iter().map(|s| s.name.as_str()).collect();
    assert_eq!(synonyms, ["Eye cleft"]);
    assert_eq!(coloboma.former_names, ["Ocular coloboma"]);
}

#[test]
fn a_listed_group_is_a_condition_with_its_subtypes() {
    let text = "[Term]\nid: MONDO:0000001\nname: metabolic disease\nsubset: disease_grouping\n\n\
         [Term]\nid: MONDO:0010674\nname: mucopolysaccharidosis type 2\nsubset: orphanet_rare\n\
         subset: ordo_disorder\nsubset: ordo_group_of_disorders\nis_a: MONDO:0000001\n\n\
         [Term]\nid: MONDO:0016315\nname: severe form\nsubset: nord_rare\n\
         subset: ordo_subtype_of_a_disorder\nis_a: MONDO:0010674\n\n\
         [Term]\nid: MONDO:0000005\nname: plain\nsubset: nord_rare\nis_a: MONDO:0000001\n\n\
         [Term]\nid: MONDO:0000006\nname: plain, mild\nsubset: nord_rare\n\
         subset: ordo_subtype_of_a_disorder\nis_a: MONDO:0000005\n";
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(text.as_bytes()).unwrap();
    let import = read(file.path(), &Selection::default()).unwrap();
    let kinds: Vec<_> = import
        .terms
        .iter()
        .map(|term| (term.name.as_str(), term.is_family))
        .collect();
    assert_eq!(
        kinds,
        [
            ("metabolic disease", true),
            ("mucopolysaccharidosis type 2", false),
            ("severe form", false),
            ("plain", false),
        ]
    );
}

#[test]
fn a_circle_of_parents_ends() {
    let import = read_text(
        "[Term]\nid: MONDO:0000001\nname: a\nis_a: MONDO:0000002\n\n\
         [Term]\nid: MONDO:0000002\nname: b\nis_a: MONDO:0000001\n",
    );
    assert_eq!(import.terms.len(), 2);
}

#[test]
fn a_selection_that_fits_nothing_is_an_error() {
    let error = read(&sample(), &"orphanet_rar".parse().unwrap()).unwrap_err();
    assert!(error.to_string().contains("none of its 8 terms"), "{error}");
}

#[test]
fn definitions_are_tidied() {
    for (given, expected) in [
        ("a  b\n c", "a b c"),
        (
            "that results_in_formation_of, and",
            "that results in formation of, and",
        ),
        (
            "c.428_451dup and 7_mm and A_B",
            "c.428_451dup and 7_mm and A_B",
        ),
    ] {
        assert_eq!(tidy(given), expected);
    }
}

#[test]
fn the_real_data_of_mondo() {
    let Some(path) = test_data::file("conditions/mondo-do-rare.obo.gz") else {
        return;
    };
    let started = std::time::Instant::now();
    let import = read(&path, &Selection::default()).unwrap();
    println!("read in {:?}", started.elapsed());
    println!(
        "families {}, refused {}: {:#?}",
        count(&import, |term| term.is_family),
        import.refused.len(),
        import.refused.iter().take(20).collect::<Vec<_>>()
    );
    assert_eq!(import.read, 18_392);
    assert_eq!(count(&import, is_condition), 10_057);
    for (curie, name) in [
        ("MONDO:0010674", "mucopolysaccharidosis type 2"),
        ("MONDO:0016218", "Guillain-Barre syndrome"),
        ("MONDO:0020066", "Ehlers-Danlos syndrome"),
        ("MONDO:0021107", "narcolepsy"),
    ] {
        let term = term(&import, curie);
        assert_eq!((term.name.as_str(), term.is_family), (name, false));
    }
    // What only groups others stays a family.
    assert!(term(&import, "MONDO:0003847").is_family);
    assert_eq!(import.source.release, "2026-08-04");
    assert!(import.source.attribution.contains("release 2026-07-31"));
    let myeloma = term(&import, "MONDO:0009693");
    assert!(myeloma.codes.contains(&code("ORPHA:29073")));
    assert!(
        myeloma
            .synonyms
            .iter()
            .any(|synonym| synonym.name == "multiple myeloma")
    );
    assert!(import.terms.iter().any(|term| term.parents.len() >= 10));
    assert!(import.terms.iter().all(|term| {
        term.definition
            .as_ref()
            .is_none_or(|text| !text.contains("has_symptom"))
    }));
}

#[test]
fn the_real_data_of_the_disease_ontology() {
    let Some(path) = test_data::file("conditions/DO_rare_slim.obo.gz") else {
        return;
    };
    let import = read(&path, &Selection::default()).unwrap();
    println!(
        "conditions {}, families {}, withdrawn {}, refused {}: {:#?}",
        count(&import, is_condition),
        count(&import, |term| term.is_family),
        count(&import, |term| term.withdrawn),
        import.refused.len(),
        import.refused.iter().take(20).collect::<Vec<_>>()
    );
    assert_eq!(import.read, 3_460);
    assert_eq!(count(&import, is_condition), 3_458);
    assert_eq!(import.source.release, "2026-07-31");
    let replaced = import
        .terms
        .iter()
        .find(|term| term.name == "obsolete iridogoniodysgenesis syndrome")
        .unwrap();
    assert_eq!(replaced.replaced_by, Some(code("DOID:0060648")));
}

#[test]
fn what_cannot_be_read_names_file_and_line() {
    let folder = tempfile::tempdir().unwrap();
    let text = std::fs::read(sample()).unwrap();
    let write = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        path
    };
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(&text).unwrap();
    let gzip = encoder.finish().unwrap();
    assert!(read(&write("whole.obo.gz", &gzip), &Selection::default()).is_ok());
    let broken = [&text, &b"\n[Term]\nname: without id\n"[..]].concat();
    let latin = [&text, &b"\n[Term]\nid: X:1\nname: caf\xe9\n"[..]].concat();
    for (path, expected) in [
        (write("cut.obo.gz", &gzip[..gzip.len() - 20]), "cut off"),
        (
            write("picture.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"),
            "line 1",
        ),
        (
            write("program", b"\x7fELF\x02\x01\x01\0\0"),
            "line 1: this is a binary file",
        ),
        (
            write("broken.obo", &broken),
            "line 80: this [Term] has no id",
        ),
        (write("latin.obo", &latin), "line 82: the text is not UTF-8"),
        (write("empty.obo", b""), "no [Term] was found in 0 lines"),
        (folder.path().join("absent.obo"), "there is no such file"),
        (folder.path().to_owned(), "is a directory"),
    ] {
        let error = read(&path, &Selection::default()).unwrap_err().to_string();
        let file = path.display().to_string();
        assert!(
            error.starts_with(&file) && error.contains(expected),
            "{error}"
        );
    }
}
