//! What must be true when the key has been replaced for the last time.

use std::fs;

use anyhow::{Context, Result, bail};

use super::person::{PERMISSIONS, Person, SIGNED_BY};
use super::{PARTICIPANTS, PEOPLE, Site, ask, keys};
use crate::http;
use crate::people::ENROL;
use crate::run;
use crate::soak::Bed;

/// That everybody finds all whom they have enrolled, and nobody else; and that each has signed once.
pub(super) fn everybody_opens(site: &Site, people: &[Person<'_>]) -> Result<()> {
    for person in people {
        let page = |path: &str| {
            let page = http::get_with_cookie(site.address, path, &person.cookie)?;
            if page.status != 200 {
                bail!("{path} is answered {}", page.status);
            }
            Ok(String::from_utf8_lossy(&page.body).into_owned())
        };
        if person.enrolled.len() != PARTICIPANTS {
            bail!("somebody has enrolled {}", person.enrolled.len());
        }
        let all = addresses(&page(ENROL)?);
        let mut enrolled = person.enrolled.clone();
        enrolled.sort();
        if all != enrolled {
            bail!("whoever has enrolled {enrolled:?} is shown {all:?}");
        }
        for participant in &person.enrolled {
            let overview = page(&format!("{ENROL}/{participant}"))?;
            if !overview.contains("You are enrolled") {
                bail!("{participant} is not enrolled");
            }
            let birth = "27 March 1984";
            if !overview.contains(birth) {
                bail!("the answers of {participant} are not there");
            }
            let copy = page(&format!("{ENROL}/{participant}/consent"))?;
            if !copy.contains("This page is your copy.") || !copy.contains(SIGNED_BY) {
                bail!("{participant} has no copy of what was signed");
            }
        }
    }
    Ok(())
}

/// The random parts of addresses of participants on a page, each once, sorted.
fn addresses(page: &str) -> Vec<String> {
    let before = format!("href=\"{ENROL}/");
    let mut all: Vec<String> = page
        .split(&before)
        .skip(1)
        .filter_map(|rest| rest.split(['"', '/', '?']).next())
        .map(str::to_owned)
        .collect();
    all.sort();
    all.dedup();
    all
}

/// That the log holds, and has each signature and each permission once.
pub(super) fn log_of_the_registry(bed: &Bed<'_>, site: &Site) -> Result<()> {
    let said = ask(bed, site, &["audit", "verify"])?;
    let expected = PEOPLE * PARTICIPANTS * (1 + PERMISSIONS.len());
    let told = format!("{expected} entries of the registry's log hold.");
    if !said.lines().any(|line| line.trim() == told) {
        bail!("there should be {expected} entries in the registry's log:\n{said}");
    }
    Ok(())
}

/// That whatever is sealed opens under the present key, so that there is nothing left to seal anew from any
/// former one. Tells how many of those there are.
pub(super) fn nothing_is_under_former_keys(bed: &Bed<'_>, site: &Site) -> Result<usize> {
    let folder = keys(site);
    let read = |name: &str| {
        let file = folder.join(name);
        fs::read_to_string(&file).with_context(|| format!("could not read {}", file.display()))
    };
    let present = read("master.key")?;
    let mut count = 0;
    loop {
        let name = format!("master.key.former.{}", count + 1);
        if !folder.join(&name).exists() {
            break;
        }
        let former = read(&name)?;
        let given = |words: &[&str], next: &[&str]| {
            let mut command = bed.server();
            command
                .args(words)
                .args(&site.place)
                .args(["--master-key", former.trim()])
                .args(next);
            run::capture(&mut command)
        };
        if given(&["migrate"], &[]).is_ok() {
            bail!("{name} is still the key of the database");
        }
        let said = given(&["keys", "rotate"], &["--next-master-key", present.trim()])?;
        let nothing = "Sealed anew: 0 second factors, 0 keys of participants, 0 lists";
        if !said.contains(nothing) || said.contains("under none of the keys") {
            bail!("beside {name}, the present key does not open everything:\n{said}");
        }
        count += 1;
    }
    if count == 0 || folder.join("master.key.next").exists() {
        bail!("no rotation was finished");
    }
    Ok(count)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_participant_of_a_page_is_counted_once() {
        let page = "<a href=\"/registry/enrol\">All</a><a href=\"/registry/enrol/bb\">1</a>\
                    <a href=\"/registry/enrol/aa/status\">2</a><a href=\"/registry/enrol/bb?x\">1</a>";
        assert_eq!(addresses(page), ["aa", "bb"]);
    }
}
