//! What writing costs: saving a text, and looking back at many and at large ones.

use std::fs::File;
use std::io::Write;
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use super::Bench;
use super::measure::{PAGE, start};
use super::report::{Row, median_time, time};
use super::wrk::{self, Load};
use crate::http;
use crate::people;
use crate::progress::Progress;
use crate::random::Random;
use crate::run;
use crate::server::Server;
use crate::writing::{self, Answer, Sending, Sheet};

const CONDITION: &str = "multiple-myeloma";
/// Texts saved in each round, one at a time.
const SAVES: usize = 40;
/// Bytes of such a text: a long section.
const TEXT: usize = 4_000;
/// The section whose history is long.
const LONG: &str = "prognosis";
const REVISIONS: u64 = 10_000;
/// As many as one moderator may publish in an hour, and some to spare.
const BY_ONE: u64 = 500;
/// Revisions on one page of a history.
const PAGE_OF_HISTORY: usize = 50;
/// The section whose texts are large.
const LARGE: &str = "description";
const LARGE_TEXT: usize = 50_000;
/// One of so many words is another one in the second of the large texts.
const CHANGED: u64 = 10;

/// The section that is filled with marks.
const HEAVY: &str = "treatment";
/// Longest text of a section, in bytes.
const LONGEST: usize = 100_000;
/// What parsers and sanitisers have been slow at.
const MARKS: [&str; 24] = [
    "> ",
    "- ",
    "1. ",
    "[",
    "![",
    "](",
    "*",
    "*_",
    "**a ",
    "`",
    "~~a ",
    "<",
    "<a ",
    "<!--",
    "&",
    "\"",
    "|",
    "a\n",
    "a|b\n-|-\n",
    "[a](",
    "[@a]",
    "[a]: b\n",
    "a@b.c ",
    "<b><i>",
];

pub(crate) fn all(bench: &Bench<'_>) -> Result<Vec<Row>> {
    let server = start(bench, &[])?;
    let writer = Writer::begin(bench, &server, 0)?;
    let mut rows = saving(bench, &server, &writer)?;
    rows.push(heavy(&writer)?);
    rows.push(comparing(bench, &writer)?);
    rows.push(long_history(bench, &server)?);
    Ok(rows)
}

/// A moderator, whose texts are shown at once.
struct Writer<'a> {
    server: &'a Server,
    cookie: String,
}

impl<'a> Writer<'a> {
    fn begin(bench: &Bench<'_>, server: &'a Server, number: u64) -> Result<Self> {
        let email = format!("writer{number}@example.org");
        people::join(server, &email, &[])?;
        let session = people::confirm(server, &bench.data, &email)?
            .cookie("session")
            .context("an account that has begun is not signed in")?;
        let program = run::isolated(bench.project.command(&bench.binary), &bench.scratch);
        let place = ["--data-dir".to_owned(), bench.data.display().to_string()];
        let cookie = format!("session={session}");
        people::make_moderator(program, &email, &place, (server, &cookie))?;
        Ok(Self { server, cookie })
    }

    fn open(&self, section: &str) -> Result<Sheet> {
        let path = writing::edit_path(CONDITION, section);
        let page = http::get_with_cookie(self.server.address, &path, &self.cookie)?;
        writing::sheet(&page)
    }

    /// Saves a text and tells how long that took.
    fn save(&self, section: &str, sheet: &Sheet) -> Result<Duration> {
        let path = writing::edit_path(CONDITION, section);
        let sending = Sending {
            address: self.server.address,
            path: &path,
            cookie: &self.cookie,
            sheet,
            summary: "for the measurements",
        };
        let response = sending.send()?;
        match writing::answer(&response)? {
            Answer::Saved => Ok(response.took),
            Answer::Collided(_) => bail!("a text collided, and nobody else writes"),
            Answer::Busy => bail!("a text was answered \"try again\", and nobody else writes"),
        }
    }

    /// Number of the present revision of a section.
    fn head(&self, section: &str) -> Result<u64> {
        let base = self.open(section)?.base;
        base.parse()
            .with_context(|| format!("{section} has no revision"))
    }

    /// The middle of the times of a page that is made for this member alone, and its length.
    fn page(&self, bench: &Bench<'_>, path: &str) -> Result<(Duration, String)> {
        let page = http::get_with_cookie(self.server.address, path, &self.cookie)?;
        if page.status != 200 {
            bail!("{path} was answered {}", page.status);
        }
        let header = format!("Cookie: {}", self.cookie);
        let mut p50 = Vec::new();
        for _ in 0..bench.rounds {
            let outcome = wrk::load(
                bench,
                &Load {
                    url: &self.server.url(path),
                    connections: 1,
                    headers: &[&header],
                    script: None,
                },
            )?;
            p50.push(outcome.p50);
        }
        let html = String::from_utf8_lossy(&page.body).into_owned();
        Ok((median_time(p50), html))
    }
}

/// Saves in turn with what the disk needs for itself, because disks slow down for a while, too.
fn saving(bench: &Bench<'_>, server: &Server, writer: &Writer<'_>) -> Result<Vec<Row>> {
    let mut random = Random::new(1);
    let mut disk = Disk::new(&bench.data)?;
    let (mut saves, mut syncs) = (Vec::new(), Vec::new());
    for number in 0..bench.rounds * SAVES {
        let token = format!("saving{number:06}");
        let sheet = writer.open("cause")?;
        let sheet = Sheet {
            text: format!("{token}\n\n{}", words(&mut random, TEXT)),
            ..sheet
        };
        saves.push(writer.save("cause", &sheet)?);
        let page = http::get(server.address, PAGE, None)?;
        if !String::from_utf8_lossy(&page.body).contains(&token) {
            bail!(
                "{PAGE} is answered {} to the next visitor, without the text that was saved before",
                page.status
            );
        }
        syncs.push(disk.sync()?);
    }
    let count = saves.len();
    let (save, sync) = (median_time(saves), median_time(syncs));
    let besides = save.saturating_sub(sync);
    Ok(vec![
        Row::new(
            "saving a text of 4 kB, p50, besides one sync of the disk",
            format!("{} ({} less {})", time(besides), time(save), time(sync)),
            "≤ 5 ms",
            besides <= Duration::from_millis(5),
        ),
        // Anything else was an error.
        Row::new(
            "the very next visitor reads what was saved",
            format!("{count} of {count}"),
            "always",
            true,
        ),
    ])
}

/// What a small write costs where the database is: the same for every program.
pub(super) struct Disk {
    file: File,
}

impl Disk {
    pub(super) fn new(folder: &Path) -> Result<Self> {
        let path = folder.join("sync");
        let file =
            File::create(&path).with_context(|| format!("could not write {}", path.display()))?;
        Ok(Self { file })
    }

    pub(super) fn sync(&mut self) -> Result<Duration> {
        let begun = Instant::now();
        // A page of the database.
        self.file
            .write_all(&[7; 4096])
            .and_then(|()| self.file.sync_data())
            .context("could not write to the disk")?;
        Ok(begun.elapsed())
    }
}

/// Texts as long as they may be, of nothing but marks.
fn heavy(writer: &Writer<'_>) -> Result<Row> {
    let mut slowest = (Duration::ZERO, "");
    for piece in MARKS {
        let mut times = Vec::new();
        for round in 0..3 {
            let sheet = writer.open(HEAVY)?;
            let text = piece.repeat((LONGEST - 1) / piece.len());
            let text = format!("{round}{text}");
            times.push(writer.save(HEAVY, &Sheet { text, ..sheet })?);
        }
        slowest = slowest.max((median_time(times), piece));
    }
    let (took, piece) = slowest;
    Ok(Row::new(
        "saving 100 kB of marks, rendered and sanitised: the slowest",
        format!("{} ({:?})", time(took), piece),
        "≤ 50 ms",
        took <= Duration::from_millis(50),
    ))
}

/// Two large texts beside each other.
fn comparing(bench: &Bench<'_>, writer: &Writer<'_>) -> Result<Row> {
    let text = words(&mut Random::new(2), LARGE_TEXT);
    let other = changed(&text, &mut Random::new(3));
    let differing = differing(&text, &other);
    let mut numbers = Vec::new();
    for text in [text, other] {
        let sheet = writer.open(LARGE)?;
        writer.save(LARGE, &Sheet { text, ..sheet })?;
        numbers.push(writer.head(LARGE)?);
    }
    let path = format!(
        "/communities/{CONDITION}/sections/{LARGE}/compare?from={}&to={}",
        numbers[0], numbers[1]
    );
    let (p50, html) = writer.page(bench, &path)?;
    // Once in one text, and once in two beside each other.
    let found = html.matches("<ins>").count() / 2;
    if found == 0 {
        bail!("{path} shows no change");
    }
    Ok(Row::new(
        &format!("comparing two texts of 50 kB with {differing} other words, whole page, p50"),
        format!("{} ({found} changes found)", time(p50)),
        "≤ 20 ms",
        // Who gives up and calls all of it changed is quick, and has not compared.
        p50 <= Duration::from_millis(20) && found * 2 > differing,
    ))
}

/// A section that was saved very often: its history from the end, and from its middle.
fn long_history(bench: &Bench<'_>, server: &Server) -> Result<Row> {
    let progress = Progress::start(
        "saving one section 10,000 times",
        "a history is only long where much was saved",
    );
    let mut writer = Writer::begin(bench, server, 1)?;
    let mut base = writer.head(LONG)?;
    for number in 0..REVISIONS {
        if number > 0 && number % BY_ONE == 0 {
            writer = Writer::begin(bench, server, 1 + number / BY_ONE)?;
        }
        let sheet = Sheet {
            base: base.to_string(),
            key: format!("history{number}"),
            draft: <[String; 2]>::default(),
            text: format!("This is text {number} of many."),
            is_draft: false,
        };
        writer.save(LONG, &sheet)?;
        // Numbers are for all sections. From here on nobody else writes, so that the next is known
        // without asking; a wrong one would collide.
        base = if number == 0 {
            writer.head(LONG)?
        } else {
            base + 1
        };
        progress.note(&format!("{number} are saved"));
    }
    progress.done();
    if writer.head(LONG)? != base {
        bail!("the revisions of one section have no numbers in a row, and nobody else writes");
    }
    let path = writing::history_path(CONDITION, LONG);
    let middle = base - REVISIONS / 2;
    let (newest, html) = writer.page(bench, &path)?;
    check_history(&html, base)?;
    let (deep, html) = writer.page(bench, &format!("{path}?before={middle}"))?;
    check_history(&html, middle - 1)?;
    Ok(Row::new(
        "the history of a section with 10,000 revisions, p50 (its middle)",
        format!("{} ({})", time(newest), time(deep)),
        "≤ 20 ms",
        newest.max(deep) <= Duration::from_millis(20),
    ))
}

/// That a page of a history is full, and begins with this revision.
fn check_history(html: &str, first: u64) -> Result<()> {
    let link = format!("/communities/{CONDITION}/revisions/");
    let numbers: Vec<&str> = html
        .split(&link)
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .collect();
    if numbers.len() != PAGE_OF_HISTORY || numbers[0].parse() != Ok(first) {
        bail!(
            "a page of a history has {} revisions from {:?} on, not {PAGE_OF_HISTORY} from {first} on",
            numbers.len(),
            numbers.first()
        );
    }
    Ok(())
}

/// So many bytes of words in short sentences and paragraphs.
fn words(random: &mut Random, bytes: usize) -> String {
    let mut text = String::new();
    let mut count = 0;
    while text.len() < bytes {
        count += 1;
        text.push_str(&word(random));
        text.push_str(match count {
            count if count % 60 == 0 => ".\n\n",
            count if count % 12 == 0 => ". ",
            _ => " ",
        });
    }
    text.truncate(bytes);
    text.trim_end().to_owned()
}

/// One of some thousand words, as long as words are.
fn word(random: &mut Random) -> String {
    const SYLLABLES: [&str; 16] = [
        "ra", "me", "lo", "tin", "bes", "ka", "dor", "vi", "sun", "pe", "gal", "no", "fi", "hel",
        "wa", "tu",
    ];
    let count = 1 + random.below(3);
    (0..count)
        .filter_map(|_| SYLLABLES.get(usize::try_from(random.below(16)).ok()?))
        .copied()
        .collect()
}

/// The text with other words here and there.
fn changed(text: &str, random: &mut Random) -> String {
    let words: Vec<String> = text
        .split(' ')
        .map(|old| match random.below(CHANGED) {
            // Not where a sentence or a paragraph ends.
            0 if old.bytes().all(|byte| byte.is_ascii_lowercase()) => word(random),
            _ => old.to_owned(),
        })
        .collect();
    words.join(" ")
}

/// How many words are others.
fn differing(text: &str, other: &str) -> usize {
    let words = text.split(' ').zip(other.split(' '));
    words.filter(|(one, another)| one != another).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn large_texts_have_the_size_they_should_and_differ() {
        let text = words(&mut Random::new(2), LARGE_TEXT);
        assert!((LARGE_TEXT - 5..=LARGE_TEXT).contains(&text.len()));
        let other = changed(&text, &mut Random::new(3));
        assert!(differing(&text, &other) > 500);
        assert_eq!(text.matches("\n\n").count(), other.matches("\n\n").count());
    }

    #[test]
    fn a_page_of_a_history_is_counted() {
        let row = |number: u64| {
            format!("<li><a href=\"/communities/multiple-myeloma/revisions/{number}\">x</a></li>")
        };
        let page: String = (0..50).map(|index| row(900 - index)).collect();
        assert!(check_history(&page, 900).is_ok());
        assert!(check_history(&page, 901).is_err());
        assert!(check_history(&row(900), 900).is_err());
    }
}
