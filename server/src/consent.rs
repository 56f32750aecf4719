//! What people sign who enrol in the registry: our templates, or the operator's own texts.

use std::path::Path;

use anyhow::{Context, Result, anyhow, bail};
use domain::registry::consent::{Document, DocumentFor};
use storage::Storage;

fn embedded(whom: &str) -> Option<&'static str> {
    Some(match whom {
        "adult" => include_str!("../consent/adult.toml"),
        "carrier" => include_str!("../consent/carrier.toml"),
        "parent-or-guardian" => include_str!("../consent/parent-or-guardian.toml"),
        "legal-representative" => include_str!("../consent/legal-representative.toml"),
        "next-of-kin" => include_str!("../consent/next-of-kin.toml"),
        "assent-child" => include_str!("../consent/assent-child.toml"),
        "assent-adolescent" => include_str!("../consent/assent-adolescent.toml"),
        _ => return None,
    })
}

/// All of our templates.
pub fn templates() -> Result<Vec<Document>> {
    let names = DocumentFor::ALL.map(DocumentFor::as_str);
    let all = names.map(|name| {
        let source = embedded(name).ok_or_else(|| anyhow!("there is no template {name}"))?;
        read(source, &|name| Ok(embedded(name).map(str::to_owned)))
            .with_context(|| format!("in the template {name}.toml"))
    });
    all.into_iter().collect()
}

/// The operator's texts: every file that ends in `.toml`, in the order of their names.
fn own(folder: &Path) -> Result<Vec<Document>> {
    let mut paths = Vec::new();
    let entries = std::fs::read_dir(folder)
        .with_context(|| format!("cannot read the folder {}", folder.display()))?;
    for entry in entries {
        let path = entry?.path();
        if path.extension().is_some_and(|ending| ending == "toml") {
            paths.push(path);
        }
    }
    paths.sort();
    let named = |name: &str| {
        let path = folder.join(format!("{name}.toml"));
        if path.exists() {
            Ok(Some(std::fs::read_to_string(path)?))
        } else {
            Ok(embedded(name).map(str::to_owned))
        }
    };
    paths
        .iter()
        .map(|path| {
            let source = std::fs::read_to_string(path)?;
            read(&source, &named).with_context(|| format!("in {}", path.display()))
        })
        .collect()
}

/// A document. One that `extends` another has its parts and questions but for those that it has itself.
fn read(source: &str, named: &dyn Fn(&str) -> Result<Option<String>>) -> Result<Document> {
    let mut table: toml::Table = toml::from_str(source)?;
    if let Some(base) = table.remove("extends") {
        let base = base.as_str().unwrap_or_default().to_owned();
        let base_source = named(&base)?.ok_or_else(|| anyhow!("there is no {base}.toml"))?;
        let base: toml::Table = toml::from_str(&base_source)?;
        if base.contains_key("extends") {
            bail!("what extends another document cannot be extended");
        }
        extend(&mut table, &base);
    }
    let document: Document = table.try_into()?;
    let faults = document.faults();
    if faults.is_empty() {
        Ok(document)
    } else {
        bail!("{}", faults.join(" "))
    }
}

fn extend(table: &mut toml::Table, base: &toml::Table) {
    let list = |table: &toml::Table, name: &str| {
        let list = table.get(name).and_then(toml::Value::as_array);
        list.cloned().unwrap_or_default()
    };
    let own = list(table, "parts");
    let parts = list(base, "parts").into_iter().map(|part| {
        let other = own
            .iter()
            .find(|own| own.get("element") == part.get("element"));
        other.cloned().unwrap_or(part)
    });
    let mut parts: Vec<toml::Value> = parts.collect();
    for part in own {
        if !parts.contains(&part) {
            parts.push(part);
        }
    }
    table.insert("parts".to_owned(), parts.into());
    if list(table, "questions").is_empty() {
        table.insert("questions".to_owned(), list(base, "questions").into());
    }
}

/// There has to be a text for everybody who can take part.
fn whole(documents: Vec<Document>) -> Result<Vec<Document>> {
    let is_missing = |whom: &DocumentFor| documents.iter().all(|one| one.whom != *whom);
    let missing = DocumentFor::ALL.into_iter().filter(is_missing);
    let missing: Vec<&str> = missing.map(DocumentFor::as_str).collect();
    if missing.is_empty() {
        Ok(documents)
    } else {
        bail!("there is no consent for: {}", missing.join(", "))
    }
}

/// Puts up what people sign from now on.
pub async fn put_up(storage: &Storage, folder: Option<&Path>) -> Result<()> {
    let documents = match folder {
        Some(folder) => whole(own(folder)?)?,
        None => templates()?,
    };
    let wrong = storage.registry().put_up(&documents).await?;
    if wrong.is_empty() {
        Ok(())
    } else {
        bail!("the consent {}", wrong.join("; "))
    }
}

#[cfg(test)]
mod tests {
    use domain::{registry::consent::Element, wiki::readability};

    use super::*;

    #[test]
    fn every_template_can_be_signed_and_is_easy_to_read() {
        let all = templates().unwrap();
        assert_eq!(all.len(), DocumentFor::ALL.len());
        for document in all {
            assert!(document.template);
            assert!(
                (1..=3).contains(&document.questions.len()),
                "{:?}",
                document.whom
            );
            let questions = document.questions.iter().map(|one| {
                format!(
                    "{} {} {}",
                    one.question,
                    one.answers.join(". "),
                    one.explanation
                )
            });
            let text = questions.fold(document.signed_text(), |text, one| text + "\n\n" + &one);
            let grade = readability(&text).grade.unwrap();
            assert!(grade <= 8, "{:?} reads at grade {grade}", document.whom);
        }
    }

    #[test]
    fn what_extends_another_has_its_parts() {
        let all = templates().unwrap();
        let of = |name: &str| {
            let found = all.iter().find(|one| one.whom.as_str() == name);
            found.unwrap()
        };
        let part = |name: &str, element| {
            let found = of(name).parts.iter().find(|part| part.element == element);
            found.unwrap().text.clone()
        };
        assert_eq!(
            part("carrier", Element::Purpose),
            part("adult", Element::Purpose)
        );
        assert_ne!(
            part("carrier", Element::Family),
            part("adult", Element::Family)
        );
        assert_eq!(of("carrier").questions, of("adult").questions);
    }

    #[test]
    fn for_how_long_proof_is_kept_is_what_the_text_says() {
        let (adult, carrier) = (embedded("adult").unwrap(), embedded("carrier").unwrap());
        let says = adult.replace("as long as the law demands", "10 years");
        let base = format!("proof-years = 10\n{says}");
        let read = |source: &str| read(source, &|_| Ok(Some(base.clone())));
        assert_eq!(read(adult).unwrap().proof_years, None);
        assert_eq!(read(&base).unwrap().proof_years, Some(10));
        // Whoever takes over the parts of another says it anew: keys that are destroyed do not come back.
        assert_eq!(read(carrier).unwrap().proof_years, None);
        let stated = read(&format!("proof-years = 10\n{carrier}")).unwrap();
        assert_eq!(stated.proof_years, Some(10));
        let unsaid = read(&format!("proof-years = 10\n{adult}")).unwrap_err();
        assert!(format!("{unsaid:#}").contains("no part says"));
    }

    #[test]
    fn an_operators_text_with_a_fault_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("adult.toml");
        std::fs::write(
            &path,
            "form = \"adult\"\nversion = 2\nlanguage = \"en\"\nparts = []",
        )
        .unwrap();
        let refused = format!("{:#}", own(folder.path()).unwrap_err());
        assert!(
            refused.contains("adult.toml") && refused.contains("key-information"),
            "{refused}"
        );
        let source = "form = \"carrier\"\nextends = \"adult\"\nversion = 2\nlanguage = \"en\"";
        std::fs::remove_file(&path).unwrap();
        std::fs::write(folder.path().join("carrier.toml"), source).unwrap();
        let all = own(folder.path()).unwrap();
        assert_eq!((all.len(), all[0].version, all[0].template), (1, 2, false));
        let refused = whole(all).unwrap_err().to_string();
        assert!(refused.contains("adult, parent-or-guardian"), "{refused}");
    }
}
