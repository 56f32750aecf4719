//! Rules that are about single lines.

use super::File;

/// Longer than a person holds in mind; the aim is 400.
const LONGEST: usize = 450;

/// Names of package hosts: which mirror a machine uses is its own affair. In pieces, so that this
/// file does not break its own rule.
const HOSTS: &[&str] = &[
    concat!("crates", ".io"),
    concat!("npmjs", ".org"),
    concat!("npmjs", ".com"),
    concat!("pypi", ".org"),
    concat!("deb.debian", ".org"),
    concat!("static.rust", "-lang.org"),
];

pub(super) fn breaches(file: &File) -> Vec<String> {
    let mut found = Vec::new();
    let path = file.path.as_str();
    let is = |extension: &str| super::is(path, extension);
    let below = |folders: &[&str]| folders.iter().any(|folder| path.starts_with(folder));

    let lines = file.text.lines().count();
    if ["rs", "css", "ts"].iter().any(|e| is(e)) && lines > LONGEST {
        found.push(format!("{path}: {lines} lines, split it below {LONGEST}"));
    }
    for (index, line) in file.text.lines().enumerate() {
        let mut breach = |why: &str| found.push(format!("{path}:{}: {why}", index + 1));
        // tachys 0.2 does not escape its children: whoever fills one by hand has stored XSS.
        if is("rs")
            && below(&["app/", "frontend/"])
            && !below(&["app/src/ui/"])
            && line.contains("<textarea")
        {
            breach("<textarea> belongs to app/src/ui alone");
        }
        if (is("rs") || path.ends_with("Cargo.toml"))
            && below(&["app/", "domain/", "frontend/"])
            && (line.contains("sea_orm") || line.contains("sea-orm"))
        {
            breach("the database belongs to storage alone");
        }
        if is("ts") && below(&["end2end/"]) {
            for word in [".skip(", ".only(", ".fixme("] {
                if line.contains(word) {
                    breach(&format!("{word}…) hides tests"));
                }
            }
        }
        // Cargo writes the same source line everywhere; npm writes the mirror of the machine.
        if path != "Cargo.lock" && HOSTS.iter().any(|host| line.contains(host)) {
            breach("names a package host");
        }
        if path.ends_with("package-lock.json") && line.contains("\"resolved\": \"http") {
            breach(
                "names this machine's mirror (npm install --package-lock-only \
                 --omit-lockfile-registry-resolved)",
            );
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::{File, HOSTS, LONGEST};

    fn breaches(path: &str, text: &str) -> Vec<String> {
        super::breaches(&File {
            path: path.to_owned(),
            text: text.to_owned(),
        })
    }

    #[test]
    fn a_textarea_is_written_in_one_place() {
        assert_eq!(breaches("app/src/wiki/page.rs", "\n<textarea>").len(), 1);
        assert!(breaches("app/src/ui/text_area.rs", "<textarea>").is_empty());
        assert!(breaches("server/src/main.rs", "<textarea>").is_empty());
    }

    #[test]
    fn the_database_stays_in_storage() {
        assert_eq!(breaches("app/src/lib.rs", "use sea_orm::X;").len(), 1);
        assert_eq!(breaches("domain/Cargo.toml", "sea-orm = 2").len(), 1);
        assert!(breaches("storage/src/lib.rs", "use sea_orm::X;").is_empty());
    }

    #[test]
    fn no_test_is_hidden() {
        let text = "test.skip('x', …)\ntest('y', …)\ntest.only('z', …)";
        assert_eq!(breaches("end2end/tests/wiki.spec.ts", text).len(), 2);
    }

    #[test]
    fn long_files_are_named_with_their_length() {
        let text = "a\n".repeat(LONGEST + 1);
        assert!(breaches("style/page.css", &text)[0].contains("451 lines"));
        assert!(breaches("docs/long.md", &text).is_empty());
    }

    #[test]
    fn package_hosts_are_named_by_lock_files_of_cargo_only() {
        assert_eq!(breaches("README.md", HOSTS[0]).len(), 1);
        assert!(breaches("Cargo.lock", HOSTS[0]).is_empty());
        let npm = r#"      "resolved": "https://mirror.example/x.tgz","#;
        assert_eq!(breaches("end2end/package-lock.json", npm).len(), 1);
    }
}
