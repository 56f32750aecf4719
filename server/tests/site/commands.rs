//! The program itself, started as an operator starts it.

use std::{
    path::Path,
    process::{Command, Output, Stdio},
    sync::Arc,
};

use domain::{account::Actor, catalogue::Catalogue};
use storage::{MasterKey, Storage};

use crate::Noon;

/// Two terms of a system that is not known here.
const PHENOTYPES: &str = "format-version: 1.2\nontology: hp-like\ndata-version: 2020-08-11\n\n\
    [Term]\nid: HP:9990001\nname: test phenotype one\n\n\
    [Term]\nid: HP:9990002\nname: test phenotype two\n";

const GREEK: &str = "format-version: 1.4\nontology: greek-test\ndata-version: 2026-01-01\n\n\
    [Term]\nid: MONDO:0930001\nname: β-thalassemia intermedia-like disorder\n\
    subset: orphanet_rare\n\n\
    [Term]\nid: MONDO:0930002\nname: α1-antitrypsin test deficiency\nsubset: orphanet_rare\n";

fn import(folder: &Path, kind: &str, text: &str, more: &[&str]) -> Command {
    let file = folder.join("file");
    std::fs::write(&file, text).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_rareshare"));
    command
        .args(["import", kind])
        .arg(file)
        .arg("--data-dir")
        .arg(folder.join("data"))
        .args(more)
        .current_dir(folder)
        .env_remove("RARESHARE_DATABASE_URL");
    command
}

fn words(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

fn run(mut command: Command) -> (Output, String) {
    let output = command.output().unwrap();
    let error = words(&output.stderr);
    (output, error)
}

#[test]
fn a_file_of_which_nothing_is_usable_fails_and_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let more = ["--select", "all", "--report", "refused.txt"];
    let (output, error) = run(import(folder, "conditions", PHENOTYPES, &more));
    assert!(!output.status.success());
    assert!(error.contains("nothing in it can be used"), "{error}");
    assert!(words(&output.stdout).contains("line 5: HP:9990001: its id is of a system"));
    // Nobody is credited: there is not even a database.
    assert!(!folder.join("data").exists());
    let report = std::fs::read_to_string(folder.join("refused.txt")).unwrap();
    assert_eq!(report.lines().count(), 2, "{report}");
}

#[test]
fn a_report_has_all_that_was_refused_and_the_screen_the_first_twenty() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let record = |number: u32| {
        format!("{{\"mondo\":null,\"focus\":\"x{number}\",\"source\":\"GARD\",\"sections\":[]}}\n")
    };
    let known = "{\"mondo\":\"MONDO:0009693\",\"focus\":\"Multiple myeloma\",\"source\":\"GARD\",\
                 \"sections\":[{\"type\":\"information\",\"answer\":\"A cancer of plasma cells. \
                 It begins in the bone marrow.\"}]}\n";
    let text: String = (0..25).map(record).chain([known.to_owned()]).collect();
    let more = ["--report", "refused.txt"];
    let (output, error) = run(import(folder, "sections", &text, &more));
    assert!(output.status.success(), "{error}");
    let shown = words(&output.stdout);
    assert!(shown.contains("refused    25"), "{shown}");
    assert!(
        shown.contains("... and 5 more: all of them are in refused.txt"),
        "{shown}"
    );
    let report = std::fs::read_to_string(folder.join("refused.txt")).unwrap();
    assert_eq!(report.lines().count(), 25, "{report}");
    // Where nobody can write, nothing is read either.
    let more = ["--report", "no/such/folder.txt"];
    let (output, error) = run(import(folder, "sections", &text, &more));
    assert!(!output.status.success());
    assert!(error.contains("cannot write the report"), "{error}");
}

#[test]
fn what_is_stored_is_no_failure_because_nobody_reads_of_it() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let mut child = import(folder, "conditions", GREEK, &[])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // `rareshare import … | true`
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    let error = words(&output.stderr);
    assert!(output.status.success(), "{error}");
    assert!(!error.contains("panicked"), "{error}");
    let url = format!("sqlite:{}", folder.join("data/rareshare.db").display());
    let found = async {
        let storage = Storage::open(&url, Arc::new(Noon), MasterKey::new(&[1; 32]))
            .await
            .unwrap();
        let code = "MONDO:0930001".parse().unwrap();
        let catalogue = storage.catalogue();
        catalogue.with_code(Actor::Visitor, &code).await.unwrap()
    };
    let runtime = tokio::runtime::Runtime::new().unwrap();
    assert_eq!(runtime.block_on(found).len(), 1);
    // A file that is too large once it is unpacked is not read to its end.
    let more = ["--max-size", "100 B"];
    let (output, error) = run(import(folder, "conditions", GREEK, &more));
    assert!(!output.status.success());
    assert!(error.contains("its text has more than 100 B"), "{error}");
}

#[test]
fn a_lost_key_is_missed_until_the_operator_replaces_it() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let key = folder.join("data-keys/master.key");
    let rareshare = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_rareshare"));
        command
            .args(arguments)
            .arg("--data-dir")
            .arg(folder.join("data"))
            .current_dir(folder)
            .env_remove("RARESHARE_DATABASE_URL")
            .env_remove("RARESHARE_MASTER_KEY")
            .env_remove("RARESHARE_KEY_DIR");
        run(command)
    };
    let replace = ["replace-key", "--reason", "The disk broke"];
    assert!(rareshare(&["migrate"]).0.status.success());
    let (output, error) = rareshare(&replace);
    assert!(!output.status.success());
    assert!(error.contains("there is nothing to replace"), "{error}");

    let first = std::fs::read(&key).unwrap();
    std::fs::remove_file(&key).unwrap();
    for command in [&["migrate"][..], &["replace-key", "--reason", " "]] {
        let (output, _) = rareshare(command);
        assert!(!output.status.success());
        assert!(!key.exists(), "none is made that looks like the lost one");
    }
    let (_, error) = rareshare(&["migrate"]);
    assert!(error.contains("rareshare replace-key --help"), "{error}");

    let (output, error) = rareshare(&replace);
    assert!(output.status.success(), "{error}");
    assert!(words(&output.stdout).contains("turned off: 0"));
    assert_ne!(std::fs::read(&key).unwrap(), first);
    let (output, error) = rareshare(&["migrate"]);
    assert!(output.status.success(), "{error}");
}

#[test]
fn trials_are_read_in_and_what_is_broken_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let study = |number: &str, condition: &str| {
        format!(
            "{{\"protocolSection\":{{\"identificationModule\":{{\"nctId\":\"{number}\"}},\
             \"conditionsModule\":{{\"conditions\":[\"{condition}\"]}}}}}}"
        )
    };
    let text = format!(
        "{{\"studies\":[{},{},{},{}]}}",
        study("NCT00000001", "Multiple Myeloma"),
        study("NCT00000002", "Nothing known"),
        study("NCT00000001", "Multiple Myeloma"),
        study("NCT\\u001b[2J", "Multiple Myeloma"),
    );
    let trials = |text: &str| {
        let more = ["--report", "refused.txt"];
        run(import(folder, "trials", text, &more))
    };
    let (output, error) = trials(&text);
    assert!(output.status.success(), "{error}");
    let shown = words(&output.stdout);
    for line in [
        "read                 4",
        "new                  2",
        "repeated             1",
        "without a condition  1",
        "refused              1",
    ] {
        assert!(shown.contains(line), "{line}: {shown}");
    }
    assert!(
        shown.contains("file, study 4: NCT[2J: its nctId is not NCT and eight digits"),
        "{shown}"
    );
    let report = std::fs::read_to_string(folder.join("refused.txt")).unwrap();
    assert_eq!(report.lines().count(), 1, "{report}");
    let (output, _) = trials(&text);
    let again = words(&output.stdout);
    assert!(again.contains("unchanged            2"), "{again}");
    // Of a file that is no JSON, and of one of which nothing is usable, nothing is stored.
    let (output, error) = trials("{\"studies\": [\n{oops}]}");
    assert!(!output.status.success());
    assert!(error.contains("file, line 2: this is no JSON"), "{error}");
    let (output, error) = trials("[{}]");
    assert!(!output.status.success());
    assert!(error.contains("no study can be used"), "{error}");
    // A search that finds nothing is no mistake.
    let (output, error) = trials("{\"studies\": []}");
    assert!(output.status.success(), "{error}");
}
