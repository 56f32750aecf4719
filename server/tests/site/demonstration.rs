//! `rareshare demo`, made, served and refused as an operator does it.

use std::{
    path::Path,
    process::{Command, Output},
};

use crate::{Site, running::Running};

const BANNER: &str = "This is a demonstration. All people and conversations are invented.";

fn rareshare(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_rareshare"))
        .args(arguments)
        .current_dir(folder)
        // Where the real data is does not matter.
        .env("RARESHARE_DATA_DIR", "real")
        .env("RARESHARE_DATABASE_URL", "sqlite:real.db")
        .output()
        .unwrap()
}

fn said(output: &Output) -> String {
    let texts = [&output.stdout, &output.stderr];
    texts
        .map(|text| String::from_utf8_lossy(text).into_owned())
        .concat()
}

fn succeeds(folder: &Path, arguments: &[&str]) -> String {
    let output = rareshare(folder, arguments);
    assert!(output.status.success(), "{}", said(&output));
    said(&output)
}

fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap();
    let mut names: Vec<String> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

/// The word after some other words.
fn after<'a>(text: &'a str, words: &str) -> &'a str {
    let rest = text.split_once(words).expect(words).1;
    rest.split_whitespace().next().unwrap()
}

fn path_in<'a>(page: &'a str, beginning: &str) -> &'a str {
    let at = page.find(beginning).expect(beginning);
    page[at..].split('"').next().unwrap()
}

#[test]
fn a_demonstration_is_a_living_site() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let shown = succeeds(folder, &["demo"]);
    let password = after(&shown, "The password of all is");
    // A file of its own, and what belongs to it: nothing where the real data is.
    assert_eq!(names(folder), ["demo", "demo-keys"]);
    assert_eq!(
        names(&folder.join("demo")),
        ["rareshare.db", "sign-ins.toml"]
    );
    let again = rareshare(folder, &["demo"]);
    assert!(!again.status.success());
    assert!(
        said(&again).contains("there is a database already"),
        "{again:?}"
    );
    let site = Running::start(folder, &["--data-dir", "demo"]);
    let community = "/communities/phelan-mcdermid-syndrome";
    for (path, words) in [
        ("/", "Phelan-McDermid syndrome"),
        (community, "Chiara (invented)"),
        (&format!("{community}/discussions"), "Favourite things"),
        (
            &format!("{community}/questions"),
            "Should the parents be tested",
        ),
        (
            &format!("{community}/resources"),
            "Phelan-McDermid Syndrome Foundation",
        ),
        (
            &format!("{community}/trials"),
            "These trials are invented for the demonstration.",
        ),
        (community, "Sleep diaries of whole families (invented)"),
        ("/sources", "invented for this demonstration"),
        (&format!("{community}/feed"), "A tablet at school"),
        (&format!("{community}/members"), "Chiara (invented)"),
        ("/leaders", "Kwame (invented)"),
        ("/resources", "Kitchen table talks (invented)"),
        ("/search?q=puddle", "Favourite things"),
        (
            "/communities/chorea-acanthocytosis",
            "Chorea-acanthocytosis",
        ),
    ] {
        let page = site.get(path);
        assert_eq!(page.status, 200, "{path}");
        assert!(page.text.contains(words), "{words} on {path}");
        assert!(page.text.contains(BANNER), "{path}");
        assert!(page.text.contains("name=\"robots\" content=\"noindex\""));
    }
    // Nothing leads to a study that there is not, and no register is credited.
    for path in [community, &format!("{community}/trials"), "/sources"] {
        let page = site.get(path).text;
        assert!(!page.contains("clinicaltrials.gov/study/NCT9999"), "{path}");
        assert!(!page.contains("last read on"), "{path}");
    }
    let robots = site.get("/robots.txt").text;
    assert!(robots.ends_with("User-agent: *\nDisallow: /\n"), "{robots}");
    // What is for fewer people is not for visitors.
    let list = site.get("/communities/huntington-disease/discussions").text;
    assert!(!list.contains("I have the letter"));
    // Somebody signs in by what is shown, and has been told of something.
    let body =
        format!("form=account/sign-in&email=ben@demo.example&password={password}&next=&kept=");
    let signed_in = site.send("/sign-in", "", &body).unwrap();
    assert_eq!(signed_in.status, 303, "{}", signed_in.text);
    let session = signed_in.text.split("session=").nth(1).unwrap();
    let session = session.split(';').next().unwrap();
    let page = site.get_as("/notifications", session);
    assert!(
        page.text.contains("Travelling with a cool bag"),
        "{}",
        page.text
    );
    assert!(page.text.contains("<meta name=\"unread\""));
    // The list of who leads a community needs a code, which is shown as well.
    let codes = succeeds(folder, &["demo", "--sign-ins"]);
    assert!(codes.contains(password));
    let leader = codes.lines().find(|line| line.contains("elif@")).unwrap();
    assert!(leader.contains("leads cystic-fibrosis"));
    assert_eq!(leader.rsplit(' ').next().unwrap().len(), 6);
    let topic = site.get(&format!("{community}/discussions")).text;
    let topic = site.get(path_in(&topic, "/topics/")).text;
    assert!(topic.contains("(invented)"));
    // Nobody gets letters whom there is not.
    assert!(!folder.join("demo/outbox").exists());
    drop(site);
    let verified = succeeds(
        folder,
        &[
            "audit",
            "verify",
            "--data-dir",
            "demo",
            "--database-url",
            "sqlite:demo/rareshare.db",
        ],
    );
    assert!(!verified.contains("broken"), "{verified}");
    // Removing it is removing its file; the next one has another password.
    for name in names(&folder.join("demo")) {
        if name.starts_with("rareshare.db") {
            std::fs::remove_file(folder.join("demo").join(name)).unwrap();
        }
    }
    let anew = succeeds(folder, &["demo"]);
    assert_ne!(after(&anew, "The password of all is"), password);
}

#[test]
fn a_database_that_is_in_use_never_becomes_a_demonstration() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let url = ["--database-url", "sqlite:used.db"];
    succeeds(
        folder,
        &[&["migrate", "--data-dir", "used"], &url[..]].concat(),
    );
    let trials = folder.join("none.json");
    std::fs::write(&trials, "{\"studies\": []}").unwrap();
    let import = ["import", "trials", "none.json", "--data-dir", "used"];
    succeeds(folder, &[&import[..], &url].concat());
    let verify = [&["audit", "verify", "--data-dir", "used"], &url[..]].concat();
    let before = succeeds(folder, &verify);
    let refused = rareshare(
        folder,
        &[&["demo", "--data-dir", "used"], &url[..]].concat(),
    );
    assert!(!refused.status.success());
    let words = said(&refused);
    assert!(words.contains("this database has been used"), "{words}");
    assert_eq!(succeeds(folder, &verify), before);
    assert!(!folder.join("used/sign-ins.toml").exists());
}

#[tokio::test]
async fn a_real_site_says_nothing_of_a_demonstration() {
    let site = Site::open().await;
    assert!(!site.storage.is_demonstration().await.unwrap());
    let page = site.get("/communities/wilson-disease").await.text();
    assert!(page.contains("<meta name=\"demonstration\" content=\"no\""));
    assert!(!page.contains(BANNER));
    assert!(!page.contains("noindex"));
    assert!(site.get("/robots.txt").await.text().contains("Sitemap: "));
    let refused = site.storage.begin_demonstration().await;
    assert_eq!(refused, Err(domain::Error::Conflict));
}
