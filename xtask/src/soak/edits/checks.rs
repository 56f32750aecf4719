//! What must be true when all texts have been acknowledged.

use std::collections::{BTreeMap, BTreeSet};
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use super::editor::{Edit, Tally, tokens};
use super::{CONDITION, EDITS, SECTIONS, Site, ask};
use crate::http;
use crate::soak::Bed;
use crate::writing::{self, Sheet};

/// The job that seals looks several times a second.
const SEALED_BY: Duration = Duration::from_secs(30);

/// How it was before anybody wrote.
pub(super) struct Before {
    /// The text of each of [`SECTIONS`].
    texts: Vec<String>,
    revisions: usize,
    events: u64,
}

impl Before {
    pub(super) fn look(bed: &Bed<'_>, site: &Site, cookie: &str) -> Result<Self> {
        let texts = SECTIONS
            .iter()
            .map(|section| Ok(sheet(site, section, cookie)?.text))
            .collect::<Result<_>>()?;
        let events = Events::count(bed, site)?;
        Ok(Self {
            texts,
            revisions: history(site)?.len(),
            events: events.sealed + events.waiting,
        })
    }
}

/// The form of a section, now that nobody writes.
fn sheet(site: &Site, section: &str, cookie: &str) -> Result<Sheet> {
    let path = writing::edit_path(CONDITION, section);
    writing::sheet(&http::get_with_cookie(site.address, &path, cookie)?)
}

/// That every text is on the page and in the history, and once; tells how many were merged with
/// another that came in between.
pub(super) fn texts_and_history(
    site: &Site,
    cookies: &[String],
    before: &Before,
    tally: &Tally,
) -> Result<usize> {
    for (number, section) in SECTIONS.iter().enumerate() {
        let text = sheet(site, section, &cookies[0])?.text;
        present(&text, &before.texts[number], number, &tally.edits)
            .with_context(|| format!("in the present text of {section}"))?;
        for cookie in cookies {
            if sheet(site, section, cookie)?.is_draft {
                bail!("a draft of {section} is left of a text that was saved");
            }
        }
    }
    let entries = history(site)?;
    let added = entries.len() - before.revisions;
    if added != EDITS {
        bail!("{added} revisions were added to the history by {EDITS} texts");
    }
    let edits: BTreeMap<&str, &Edit> = tally
        .edits
        .iter()
        .map(|edit| (edit.token.as_str(), edit))
        .collect();
    let mut seen = BTreeSet::new();
    let mut merges = 0;
    // What stood in each section before the revision that is looked at, from the first on.
    let mut last: Vec<(u64, BTreeSet<String>)> = vec![(0, BTreeSet::new()); SECTIONS.len()];
    for entry in entries.iter().rev() {
        let Some(token) = tokens(&entry.summary).pop() else {
            if let Some(section) = SECTIONS.iter().position(|s| *s == entry.section) {
                last[section].0 = entry.number;
            }
            continue;
        };
        let number = entry.number;
        let edit = edits
            .get(token)
            .with_context(|| format!("revision {number} has {token}, which nobody wrote"))?;
        if !seen.insert(token) {
            bail!("{token} was saved twice, the second time as revision {number}");
        }
        if SECTIONS[edit.section] != entry.section {
            bail!("{token} is in the history of {}", entry.section);
        }
        let (head, text) = &mut last[edit.section];
        if edit.sheet.base.parse() != Ok(*head) {
            merges += 1;
        }
        let found = text_of(site, number)?;
        let mut wanted = text.clone();
        wanted.insert(token.to_owned());
        if found != wanted {
            bail!(
                "revision {number} by {token} has not what revision {head} had and its own line: \
                 missing {:?}, too many {:?}",
                wanted.difference(&found).collect::<Vec<_>>(),
                found.difference(&wanted).collect::<Vec<_>>()
            );
        }
        (*head, *text) = (number, found);
    }
    if seen.len() != EDITS {
        bail!("{} of {EDITS} texts are in the history", seen.len());
    }
    Ok(merges)
}

/// That a text has every line that was there before and every token of its section, each once.
fn present(text: &str, before: &str, section: usize, edits: &[Edit]) -> Result<()> {
    for line in before.lines() {
        if !text.lines().any(|other| other == line) {
            bail!("a line that nobody touched is missing: {line}");
        }
    }
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for token in tokens(text) {
        *counts.entry(token).or_default() += 1;
    }
    for edit in edits.iter().filter(|edit| edit.section == section) {
        match counts.remove(edit.token.as_str()) {
            Some(1) => {}
            None => bail!("{} was acknowledged and is missing", edit.token),
            Some(count) => bail!("{} is there {count} times", edit.token),
        }
    }
    match counts.keys().next() {
        Some(token) => bail!("{token} belongs elsewhere, or was never acknowledged"),
        None => Ok(()),
    }
}

/// One line of a history.
struct Entry {
    number: u64,
    /// As in addresses.
    section: String,
    summary: String,
}

/// The whole history of the condition, the newest first, page by page.
fn history(site: &Site) -> Result<Vec<Entry>> {
    let base = format!("/communities/{CONDITION}/history");
    let mut path = base.clone();
    let mut entries: Vec<Entry> = Vec::new();
    loop {
        let page = http::get(site.address, &path, None)?;
        if page.status != 200 {
            bail!("{path} was answered {}", page.status);
        }
        let html = without_marks(&page.body);
        let found = read_history(&html);
        if found.is_empty() {
            bail!("{path} has no revisions");
        }
        entries.extend(found);
        match between(&html, &format!("{base}?before="), "\"") {
            Some(next) => path = format!("{base}?before={next}"),
            None => break,
        }
    }
    if !entries.is_sorted_by(|a, b| a.number > b.number) {
        bail!("the history is not in order, or has a revision twice");
    }
    Ok(entries)
}

/// A page without the comments by which the browser finds what changes.
fn without_marks(page: &[u8]) -> String {
    String::from_utf8_lossy(page)
        .replace("<!---->", "")
        .replace("<!>", "")
}

fn read_history(html: &str) -> Vec<Entry> {
    html.split("<li>")
        .filter_map(|row| {
            let number = between(row, &format!("/communities/{CONDITION}/revisions/"), "\"")?;
            let title = between(row, "<b>", "</b>")?;
            Some(Entry {
                number: number.parse().ok()?,
                section: title.to_lowercase().replace(' ', "-"),
                summary: between(row, "<q>", "</q>").unwrap_or_default().to_owned(),
            })
        })
        .collect()
}

fn between<'a>(text: &'a str, start: &str, end: &str) -> Option<&'a str> {
    let (_, rest) = text.split_once(start)?;
    rest.split_once(end).map(|(inside, _)| inside)
}

/// The tokens in the text of a revision; an error where one stands twice.
fn text_of(site: &Site, number: u64) -> Result<BTreeSet<String>> {
    let path = format!("/communities/{CONDITION}/revisions/{number}");
    let page = http::get(site.address, &path, None)?;
    let html = without_marks(&page.body);
    let text = read_text(&html)
        .with_context(|| format!("{path} was answered {} without a text", page.status))?;
    let found = tokens(text);
    let count = found.len();
    let found: BTreeSet<String> = found.into_iter().map(str::to_owned).collect();
    if found.len() != count {
        bail!("revision {number} has a line twice");
    }
    Ok(found)
}

/// The text on the page of a revision. Behind the page follow the data that it was made of, with the
/// summary once more.
fn read_text(html: &str) -> Option<&str> {
    between(html, "class=\"seen prose\"", "</main>")
}

/// What `rareshare audit verify` counts.
struct Events {
    sealed: u64,
    waiting: u64,
}

impl Events {
    /// Fails where the chain is broken.
    fn count(bed: &Bed<'_>, site: &Site) -> Result<Self> {
        let output = ask(bed, site, &["audit", "verify"])?;
        read_events(&output)
            .with_context(|| format!("`rareshare audit verify` printed no counts:\n{output}"))
    }
}

/// "1018 events are sealed and hold; 0 wait for the next seal."
fn read_events(output: &str) -> Option<Events> {
    let mut numbers = output
        .split(|c: char| !c.is_ascii_digit())
        .filter_map(|word| word.parse().ok());
    Some(Events {
        sealed: numbers.next()?,
        waiting: numbers.next()?,
    })
}

/// Waits until the running server has sealed everything.
pub(super) fn wait_for_seal(bed: &Bed<'_>, site: &Site) -> Result<()> {
    let begun = Instant::now();
    loop {
        let waiting = Events::count(bed, site)?.waiting;
        if waiting == 0 {
            return Ok(());
        }
        if begun.elapsed() > SEALED_BY {
            bail!("{waiting} events are not sealed after {SEALED_BY:.0?}");
        }
        sleep(Duration::from_millis(100));
    }
}

/// That the chain holds on the data of a server that has ended, and has one event for each text;
/// tells how many events there are.
pub(super) fn chain(bed: &Bed<'_>, site: &Site, before: &Before) -> Result<u64> {
    let events = Events::count(bed, site)?;
    let added = events.sealed + events.waiting - before.events;
    if added != EDITS as u64 {
        bail!("{added} events were recorded of {EDITS} texts");
    }
    if events.waiting > 0 {
        bail!("{} events are not sealed any more", events.waiting);
    }
    Ok(events.sealed)
}

/// That the database is whole.
pub(super) fn doctor(bed: &Bed<'_>, site: &Site) -> Result<()> {
    ask(bed, site, &["doctor"]).map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_history_is_read_row_by_row() {
        let html = "<ol><li><div><b>Diagnostic tests</b>: <a href=\"/communities/multiple-myeloma/revisions/48\">\
            <time>now</time></a><div><span>a</span> <q>soak000001</q> <b class=\"mark\">Current version</b></div></div></li>\
            <li><div><b>Cause</b>: <a href=\"/communities/multiple-myeloma/revisions/40\">x</a></div></li></ol>\
            <ul><li><a href=\"/communities/multiple-myeloma\">Multiple myeloma</a></li></ul>";
        let entries = read_history(html);
        assert_eq!(entries.len(), 2);
        assert_eq!((entries[0].number, entries[1].number), (48, 40));
        assert_eq!(entries[0].section, "diagnostic-tests");
        assert_eq!(entries[0].summary, "soak000001");
        assert!(entries[1].summary.is_empty());
    }

    #[test]
    fn the_data_behind_a_page_are_no_text() {
        let html = "<main><p>What changed: <q>soak000002</q></p>\
            <div class=\"seen prose\"><p>soak000001\nsoak000002</p></div></main>\
            <script>__RESOLVED_RESOURCES[0]=\"soak000002\"</script>";
        assert_eq!(
            tokens(read_text(html).unwrap()),
            ["soak000001", "soak000002"]
        );
        assert_eq!(read_text("<main><p>soak000001</p></main>"), None);
    }

    #[test]
    fn a_lost_and_a_doubled_text_are_found() {
        let edit = |number: usize| Edit {
            token: super::super::editor::token(number),
            section: 0,
            sheet: Sheet {
                base: "1".to_owned(),
                key: String::new(),
                draft: <[String; 2]>::default(),
                text: String::new(),
                is_draft: false,
            },
        };
        let edits = [edit(1), edit(2)];
        let check = |text: &str| present(text, "Before.", 0, &edits).map_err(|e| e.to_string());
        assert!(check("Before.\nsoak000002\nsoak000001").is_ok());
        assert!(
            check("Before.\nsoak000002")
                .unwrap_err()
                .contains("missing")
        );
        assert!(
            check("soak000002\nsoak000001")
                .unwrap_err()
                .contains("nobody")
        );
        let twice = "Before.\nsoak000002\nsoak000001\nsoak000001";
        assert!(check(twice).unwrap_err().contains("2 times"));
        let foreign = "Before.\nsoak000002\nsoak000001\nsoak000003";
        assert!(check(foreign).unwrap_err().contains("elsewhere"));
    }

    #[test]
    fn events_are_counted() {
        let output = "1018 events are sealed and hold; 2 wait for the next seal.\n";
        let events = read_events(output).unwrap();
        assert_eq!((events.sealed, events.waiting), (1018, 2));
        assert!(read_events("nothing").is_none());
    }
}
