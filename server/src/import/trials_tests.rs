//! Each quirk of a file of studies by its name.

use std::{cell::Cell, io::Write, path::Path};

use domain::trials::{AgeGroup, RefusedStudy, Study, TrialStatus, TrialsImport};
use flate2::{Compression, write::GzEncoder};

use super::{ImportError, MaxSize, read_trials};

const WHOLE: &str = r#"{
  "protocolSection": {
    "identificationModule": {"nctId": "NCT00000001", "briefTitle": "A study", "officialTitle": "The study"},
    "statusModule": {
      "overallStatus": "RECRUITING",
      "lastUpdatePostDateStruct": {"date": "2024-03-15", "type": "ACTUAL"},
      "statusVerifiedDate": "2024-01"
    },
    "sponsorCollaboratorsModule": {"leadSponsor": {"name": "A hospital", "class": "OTHER"}},
    "conditionsModule": {"conditions": ["Multiple Myeloma"], "keywords": ["Dana-Farber"]},
    "designModule": {"studyType": "INTERVENTIONAL", "phases": ["PHASE2", "PHASE1"]},
    "eligibilityModule": {"sex": "FEMALE", "minimumAge": "18 Years", "stdAges": ["ADULT", "OLDER_ADULT"]},
    "contactsLocationsModule": {"locations": [{"country": "Japan"}, {"city": "Paris"}, {"country": "France"}, {"country": "Japan"}]}
  },
  "derivedSection": {
    "conditionBrowseModule": {
      "meshes": [{"id": "D009101", "term": "Multiple Myeloma"}, {"id": "D054219", "term": "Neoplasms, Plasma Cell"}],
      "ancestors": [{"id": "D009369", "term": "Neoplasms"}]
    }
  },
  "hasResults": false
}"#;

fn read_bytes(bytes: &[u8], max_size: MaxSize) -> Result<TrialsImport, ImportError> {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(bytes).unwrap();
    let mut import = TrialsImport::default();
    read_trials(&mut import, file.path(), max_size, |_, _| {}).map(|()| import)
}

fn read(json: &str) -> TrialsImport {
    read_bytes(json.as_bytes(), MaxSize::default()).unwrap_or_else(|error| panic!("{error}"))
}

fn failure(json: &str) -> String {
    match read_bytes(json.as_bytes(), MaxSize::default()) {
        Err(error) => error.to_string(),
        Ok(import) => panic!("{import:?}"),
    }
}

/// The one study that consists of an identification and more.
fn one(number: &str, more: &str) -> String {
    format!("{{\"protocolSection\":{{\"identificationModule\":{{\"nctId\":\"{number}\"}}{more}}}}}")
}

fn only(import: &TrialsImport) -> &Study {
    assert_eq!(import.refused, []);
    assert_eq!(import.len(), 1);
    import.studies().next().unwrap()
}

fn reasons(import: &TrialsImport) -> Vec<(u64, &str, &str)> {
    let refused = import.refused.iter();
    refused
        .map(
            |RefusedStudy {
                 study,
                 subject,
                 reason,
                 ..
             }| (*study, subject.as_str(), reason.as_str()),
        )
        .collect()
}

#[test]
fn pages_lists_and_single_studies_are_read_plain_and_gzip() {
    let page = format!("{{\"totalCount\": 1, \"nextPageToken\": \"x\", \"studies\": [{WHOLE}]}}");
    for json in [
        WHOLE.to_owned(),
        format!("[{WHOLE}]"),
        page,
        format!("\u{feff}{WHOLE}\n\n"),
    ] {
        let mut packed = GzEncoder::new(Vec::new(), Compression::default());
        packed.write_all(json.as_bytes()).unwrap();
        for bytes in [json.clone().into_bytes(), packed.finish().unwrap()] {
            let import = read_bytes(&bytes, MaxSize::default()).unwrap();
            let Study {
                trial,
                names,
                codes,
            } = only(&import);
            assert_eq!(import.read, 1);
            assert_eq!(trial.id.as_str(), "NCT00000001");
            assert_eq!(trial.title, "A study");
            assert_eq!(trial.status, TrialStatus::Recruiting);
            assert_eq!(trial.updated.unwrap().to_string(), "2024-03-15");
            assert_eq!(trial.sponsor.as_deref(), Some("A hospital"));
            assert_eq!(trial.countries, ["France", "Japan"]);
            assert_eq!(
                domain::trials::spelled_phases(&trial.phases).unwrap(),
                "1 and 2"
            );
            assert_eq!(trial.ages, [AgeGroup::Adult, AgeGroup::OlderAdult]);
            // Neither keywords nor what is above the terms.
            assert_eq!(*names, ["Multiple Myeloma", "Neoplasms, Plasma Cell"]);
            let codes: Vec<String> = codes.iter().map(ToString::to_string).collect();
            assert_eq!(codes, ["MeSH:D009101", "MeSH:D054219"]);
        }
    }
}

#[test]
fn nothing_but_the_number_is_needed() {
    let json = one("NCT00000002", "");
    for json in [
        json.clone(),
        json.replace("}}}", "},\"statusModule\":null}}"),
    ] {
        let import = read(&json);
        let study = only(&import);
        assert_eq!(study.trial.title, "NCT00000002");
        assert_eq!(study.trial.status, TrialStatus::Unknown);
        assert_eq!(study.trial.updated, None);
        assert_eq!(study.trial.ages, []);
    }
}

#[test]
fn dates_are_as_exact_as_they_are_and_the_best_there_is() {
    for (module, date) in [
        (
            r#"{"lastUpdatePostDateStruct":{"date":"2024-03"}}"#,
            "2024-03",
        ),
        (
            r#"{"lastUpdatePostDateStruct":{},"lastUpdateSubmitDate":"2023"}"#,
            "2023",
        ),
        (
            r#"{"lastUpdateSubmitDate":"March 2024","statusVerifiedDate":"2022-05"}"#,
            "2022-05",
        ),
        (r#"{"statusVerifiedDate":"2024-13"}"#, ""),
        (r#"{"startDateStruct":{"date":"2008-07"}}"#, ""),
    ] {
        let import = read(&one("NCT00000001", &format!(",\"statusModule\":{module}")));
        let updated = only(&import).trial.updated.map(|date| date.to_string());
        assert_eq!(updated.unwrap_or_default(), date, "{module}");
    }
}

#[test]
fn ages_come_from_their_limits_where_the_groups_are_missing() {
    let module =
        r#","eligibilityModule":{"minimumAge":"5 Years","maximumAge":"17 Years","stdAges":[]}"#;
    assert_eq!(
        only(&read(&one("NCT00000001", module))).trial.ages,
        [AgeGroup::Child]
    );
}

#[test]
fn a_broken_study_is_refused_and_the_others_are_taken() {
    let json = format!(
        "{{\"studies\": [{}, {}, {}, 5, null, {{}}, {}]}}",
        one(
            "NCT00000001",
            ",\"conditionsModule\":{\"conditions\":\"Myeloma\"}"
        ),
        one("NCT1", ""),
        one("", ""),
        one("NCT00000004", ""),
    );
    let import = read(&json);
    assert_eq!((import.read, import.len()), (7, 1));
    assert_eq!(
        reasons(&import),
        [
            (
                1,
                "NCT00000001",
                "a field is not as it should be: invalid type: string \"Myeloma\", expected a sequence"
            ),
            (2, "NCT1", "its nctId is not NCT and eight digits"),
            (3, "", "it has no nctId"),
            (
                4,
                "",
                "a field is not as it should be: invalid type: integer `5`, expected struct Record"
            ),
            (
                5,
                "",
                "a field is not as it should be: invalid type: null, expected struct Record"
            ),
            (6, "", "it has no nctId"),
        ]
    );
    assert!(Path::new(&import.refused[0].file).is_absolute());
}

#[test]
fn a_study_that_comes_twice_counts_once() {
    let first = one(
        "NCT00000001",
        ",\"statusModule\":{\"statusVerifiedDate\":\"2024-02\"}",
    );
    let later = one(
        "NCT00000001",
        ",\"statusModule\":{\"statusVerifiedDate\":\"2024-03\"}",
    );
    for json in [format!("[{first},{later}]"), format!("[{later},{first}]")] {
        let import = read(&json);
        assert_eq!((import.read, import.repeated), (2, 1));
        assert_eq!(only(&import).trial.updated.unwrap().to_string(), "2024-03");
    }
}

#[test]
fn what_no_page_can_show_is_taken_out_of_names() {
    let title = r"Ring\u0007 <script>alert(1)</script>\n\u202eend \ud83d\ude00 \u0000";
    let json = WHOLE
        .replace("A study", title)
        .replace("Paris", "x")
        .replace("Japan", " \u{7f}South\u{a0} Korea ");
    // A control character inside of a string is no JSON but for DEL.
    let import = read(&json);
    let trial = &only(&import).trial;
    assert_eq!(trial.title, "Ring <script>alert(1)</script> end 😀");
    assert_eq!(trial.countries, ["France", "South Korea"]);
    let long = read(&WHOLE.replace("A study", &"word ".repeat(300_000)));
    let title = &only(&long).trial.title;
    assert!(
        title.ends_with('…') && title.chars().count() <= 600,
        "{title}"
    );
    let empty = read(&WHOLE.replace("A study", " \\u200b "));
    assert_eq!(only(&empty).trial.title, "The study");
}

#[test]
fn lists_beyond_all_reason_are_refused() {
    let country = |count: usize| {
        let places = (0..count).map(|n| format!("{{\"country\":\"Land {n}\"}}"));
        let places = places.collect::<Vec<_>>().join(",");
        one(
            "NCT00000001",
            &format!(",\"contactsLocationsModule\":{{\"locations\":[{places}]}}"),
        )
    };
    assert_eq!(only(&read(&country(200))).trial.countries.len(), 200);
    assert_eq!(
        reasons(&read(&country(301)))[0].2,
        "it names more countries than there are"
    );
    let names = (0..1_001)
        .map(|n| format!("\"x{n}\""))
        .collect::<Vec<_>>()
        .join(",");
    let many = one(
        "NCT00000001",
        &format!(",\"conditionsModule\":{{\"conditions\":[{names}]}}"),
    );
    assert!(reasons(&read(&many))[0].2.contains("more conditions"));
    let long = one(
        "NCT00000001",
        &format!(
            ",\"conditionsModule\":{{\"conditions\":[\"{}\",\"a\"]}}",
            "x".repeat(501)
        ),
    );
    assert_eq!(only(&read(&long)).names, ["a"]);
}

#[test]
fn deep_nesting_costs_nothing() {
    let deep = format!("{}{}", "[".repeat(200_000), "]".repeat(200_000));
    // Where nobody looks, and where a list of names should be.
    let import = read(&format!(
        "{{\"nextPageToken\": {deep}, \"studies\": [{}, {}, {}]}}",
        one(
            "NCT00000001",
            &format!(",\"armsInterventionsModule\":{deep}")
        ),
        one(
            "NCT00000002",
            &format!(",\"conditionsModule\":{{\"conditions\":{deep}}}")
        ),
        one("NCT00000003", ""),
    ));
    assert_eq!(import.len(), 2);
    assert_eq!(reasons(&import)[0].1, "NCT00000002");
}

#[test]
fn a_file_that_is_no_json_names_the_place() {
    for (json, place, words) in [
        ("", "line 1", "the JSON ends too early"),
        ("\n\nnot json", "line 3", "expected ident"),
        (
            "{\"studies\": [\n{\"a\": 1},\n{oops}]}",
            "line 3",
            "column 2",
        ),
        ("[{\"a\": 1}", "line 1", "the JSON ends too early"),
        ("{\"studies\": {}}", "line 1", "expected a list of studies"),
        ("\"studies\"", "line 1", "expected studies"),
        ("null", "line 1", "expected studies"),
        ("[] []", "line 1", "trailing characters"),
        ("<html>", "line 1", "column 1"),
    ] {
        let failure = failure(json);
        assert!(
            failure.contains(place) && failure.contains(words),
            "{json:?}: {failure}"
        );
    }
    assert!(failure("{\"error\": \"not found\"}").contains("no study was found"));
    assert_eq!(read("{\"studies\": []}").read, 0);
    let latin = [&b"[{\"a\": \"caf\xe9\"}]"[..], b"\xff\xfe[\0]\0"];
    for bytes in latin {
        assert!(read_bytes(bytes, MaxSize::default()).is_err());
    }
}

#[test]
fn a_file_is_not_read_beyond_what_is_allowed() {
    let json = format!(
        "[{}]",
        one(
            "NCT00000001",
            &format!(",\"x\":\"{}\"", "x".repeat(2_000_000))
        )
    );
    let mut packed = GzEncoder::new(Vec::new(), Compression::default());
    packed.write_all(json.as_bytes()).unwrap();
    let packed = packed.finish().unwrap();
    let error = read_bytes(&packed, "1 MB".parse().unwrap()).unwrap_err();
    assert!(error.to_string().contains("more than 1 MB"), "{error}");
    assert_eq!(read_bytes(&packed, MaxSize::default()).unwrap().len(), 1);
    let cut = read_bytes(&packed[..packed.len() - 20], MaxSize::default()).unwrap_err();
    assert!(matches!(cut, ImportError::Truncated { .. }), "{cut}");
    // One study that is too long, in a file that is allowed.
    let long = format!(
        "[{}]",
        one(
            "NCT00000001",
            &format!(",\"x\":\"{}\"", "x".repeat(5_000_000))
        )
    );
    let error = failure(&long);
    assert!(error.contains("a study is longer than"), "{error}");
    assert!(matches!(
        read_trials(
            &mut TrialsImport::default(),
            Path::new("/nowhere"),
            MaxSize::default(),
            |_, _| {}
        ),
        Err(ImportError::Missing { .. })
    ));
}

#[test]
fn progress_ends_at_the_end() {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(WHOLE.as_bytes()).unwrap();
    let seen = Cell::new((0, 0));
    let mut import = TrialsImport::default();
    read_trials(
        &mut import,
        file.path(),
        MaxSize::default(),
        |done, total| seen.set((done, total)),
    )
    .unwrap();
    let size = WHOLE.len() as u64;
    assert_eq!(seen.get(), (size, size));
}

#[test]
fn a_study_that_a_demonstration_makes_up_is_refused() {
    let json = format!("[{}, {}]", one("NCT99990001", ""), one("NCT00000004", ""));
    let import = read(&json);
    assert_eq!((import.read, import.len()), (2, 1));
    assert_eq!(
        reasons(&import),
        [(
            1,
            "NCT99990001",
            "its nctId is one of those that demonstrations make up"
        )]
    );
}
