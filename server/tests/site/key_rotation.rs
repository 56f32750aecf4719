//! `rareshare keys rotate` beside a server that runs.

use std::{path::Path, process::Command, sync::Arc};

use server::{clock::SystemClock, http::Live};

use crate::{Site, running::Running};

/// The key of [`Site`], and another one.
const KEY: &str = "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=";
const OTHER: &str = "AgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgI=";

/// Runs a command; what it says, or what is wrong.
fn rareshare(folder: &Path, arguments: &[&str]) -> Result<String, String> {
    let output = Command::new(env!("CARGO_BIN_EXE_rareshare"))
        .args(arguments)
        .current_dir(folder)
        .env_remove("RARESHARE_DATABASE_URL")
        .env_remove("RARESHARE_MASTER_KEY")
        .env_remove("RARESHARE_NEXT_MASTER_KEY")
        .env_remove("RARESHARE_KEY_DIR")
        .output()
        .unwrap();
    let words = |bytes| String::from_utf8(bytes).unwrap();
    if output.status.success() {
        Ok(words(output.stdout))
    } else {
        Err(words(output.stderr))
    }
}

/// Begins to enrol somebody; the random part of their address.
fn begin(server: &Running, session: &str, key: &str) -> String {
    let form = format!("form=registry/begin-enrolment&key={key}");
    let heard = server.send("/registry/enrol", session, &form).unwrap();
    heard.leads_to("/registry/enrol/");
    let (_, rest) = heard.text.split_once("location: /registry/enrol/").unwrap();
    rest.split(['/', '\r']).next().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_goes_on_while_its_key_is_replaced() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().to_owned();
    let url = format!("sqlite:{}", place.join("test.db").display());
    let site = Site::open_on(&url, Arc::new(SystemClock), Live::default(), folder).await;
    let cookie = site.member("ada@example.org", "Ada").await;
    let (_, session) = cookie.split_once('=').unwrap();
    let keys = place.join("keys");
    let key = keys.join("master.key");
    std::fs::create_dir(&keys).unwrap();
    std::fs::write(&key, KEY).unwrap();
    let there = keys.display().to_string();
    let folder_options = ["--database-url", &url, "--key-dir", &there];
    let server = Running::start(&place, &folder_options);
    let first = begin(&server, session, "one");

    let rotate = [&["keys", "rotate"], &folder_options[..]].concat();
    let said = rareshare(&place, &rotate).unwrap();
    assert!(
        said.contains("0 second factors, 2 keys of participants, 1 lists"),
        "{said}"
    );
    assert!(said.contains("master.key.former.1"), "{said}");
    let second = begin(&server, session, "two");
    let page = server.get_as("/registry/enrol", session);
    assert!(page.text.contains(&first) && page.text.contains(&second));
    let question = server.get_as(&format!("/registry/enrol/{first}/for-whom"), session);
    assert_eq!(question.status, 200);

    // The former key alone is of no use any more, and stays for backups.
    let former = std::fs::read_to_string(keys.join("master.key.former.1")).unwrap();
    assert_eq!(former, KEY);
    let next = std::fs::read_to_string(&key).unwrap();
    let given = |key: &str, words: &[&str]| {
        let given = ["--database-url", &url, "--master-key", key.trim()];
        rareshare(&place, &[words, &given].concat())
    };
    let error = given(KEY, &["migrate"]).unwrap_err();
    assert!(error.contains("bring that one back"), "{error}");
    given(&next, &["audit", "verify"]).unwrap();

    // A key that is given is replaced by one that is given.
    let error = given(&next, &["keys", "rotate"]).unwrap_err();
    assert!(error.contains("--next-master-key"), "{error}");
    let rotate = ["keys", "rotate", "--next-master-key", OTHER];
    let said = given(&next, &rotate).unwrap();
    assert!(said.contains("4 keys of participants, 1 lists"), "{said}");
    let said = given(&next, &rotate).unwrap();
    assert!(said.contains("0 keys of participants, 0 lists"), "{said}");
    let both = ["migrate", "--next-master-key", &next];
    given(OTHER, &["migrate"]).unwrap();
    given(OTHER, &[both[0], both[1], both[2].trim()]).unwrap();
    given(&next, &["migrate"]).unwrap_err();
}
