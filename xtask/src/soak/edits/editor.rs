//! One of those who write.

use std::sync::atomic::Ordering;
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Result, bail};

use super::{CONDITION, Common, EDITS, SECTIONS};
use crate::http::{self, Response};
use crate::random::Random;
use crate::writing::{self, Answer, Sending, Sheet};

/// Between two attempts to reach a server that is away or busy.
const PAUSE: Duration = Duration::from_millis(5);
/// A text that is not saved by then never will be.
const PATIENCE: Duration = Duration::from_mins(2);

/// One of so many texts is sent by somebody who is gone before the answer comes, after so many
/// microseconds at most.
const LEAVES: u64 = 5;
const LEFT_BY: u64 = 20_000;

/// A text that the server has acknowledged.
pub(super) struct Edit {
    pub(super) token: String,
    /// Which of [`SECTIONS`].
    pub(super) section: usize,
    /// As it was sent when it was saved.
    pub(super) sheet: Sheet,
}

/// What one has, or all have, seen.
#[derive(Default)]
pub(super) struct Tally {
    pub(super) edits: Vec<Edit>,
    pub(super) collisions: usize,
    /// Texts whose answer was lost with the server.
    pub(super) sent_again: usize,
    /// Texts whose sender was gone before the answer came, with the server well.
    pub(super) left: usize,
    /// Texts of both kinds that were in the history before they were sent again.
    pub(super) saved_already: usize,
    pub(super) busy: usize,
}

impl Tally {
    pub(super) fn of(editors: Vec<Editor<'_>>) -> Self {
        let mut all = Self::default();
        for editor in editors {
            all.edits.extend(editor.tally.edits);
            all.collisions += editor.tally.collisions;
            all.sent_again += editor.tally.sent_again;
            all.saved_already += editor.tally.saved_already;
            all.left += editor.tally.left;
            all.busy += editor.tally.busy;
        }
        all
    }
}

pub(super) struct Editor<'a> {
    common: &'a Common,
    cookie: &'a str,
    random: Random,
    tally: Tally,
}

/// What marks a text: found nowhere else, of one length, and plain in every notation.
pub(super) fn token(number: usize) -> String {
    format!("soak{number:06}")
}

/// All tokens in a text, in its order.
pub(super) fn tokens(text: &str) -> Vec<&str> {
    text.match_indices("soak")
        .filter_map(|(at, _)| text.get(at..at + 10))
        .filter(|found| found.bytes().skip(4).all(|byte| byte.is_ascii_digit()))
        .collect()
}

impl<'a> Editor<'a> {
    pub(super) fn new(common: &'a Common, cookie: &'a str, random: Random) -> Self {
        Self {
            common,
            cookie,
            random,
            tally: Tally::default(),
        }
    }

    /// Writes until all texts are written.
    pub(super) fn write_all(&mut self) -> Result<()> {
        while !self.is_over() {
            let number = self.common.next.fetch_add(1, Ordering::AcqRel);
            if number >= EDITS {
                break;
            }
            let edit = self.write(number)?;
            self.tally.edits.extend(edit);
        }
        Ok(())
    }

    fn is_over(&self) -> bool {
        self.common.over.load(Ordering::Acquire)
    }

    /// Sends every text once more, as a browser does that comes back from the dead: each was saved,
    /// and whatever has been written since, it is told so and nothing happens.
    pub(super) fn send_all_again(&self) -> Result<()> {
        for edit in &self.tally.edits {
            let path = writing::edit_path(CONDITION, SECTIONS[edit.section]);
            let sending = Sending {
                address: self.common.address,
                path: &path,
                cookie: self.cookie,
                sheet: &edit.sheet,
                summary: &edit.token,
            };
            if !matches!(writing::answer(&sending.send()?)?, Answer::Saved) {
                bail!(
                    "{} was saved, and sending it again was taken for news",
                    edit.token
                );
            }
        }
        Ok(())
    }

    /// One text, until it is acknowledged; nothing where all is over before.
    fn write(&mut self, number: usize) -> Result<Option<Edit>> {
        let begun = Instant::now();
        let token = token(number);
        let section = usize::try_from(self.random.below(SECTIONS.len() as u64))?;
        let path = writing::edit_path(CONDITION, SECTIONS[section]);
        let Some(page) = self.get(&path, begun)? else {
            return Ok(None);
        };
        let mut sheet = writing::sheet(&page)?;
        if sheet.is_draft {
            bail!("{path} has a draft of somebody whose texts are all saved");
        }
        sheet.text = self.with_line(&sheet.text, &format!("{token} stands here."));
        while let Some(answer) = self.send(&path, section, &sheet, &token, begun)? {
            let both = match answer {
                Answer::Saved => {
                    self.common.acknowledged.fetch_add(1, Ordering::AcqRel);
                    return Ok(Some(Edit {
                        token,
                        section,
                        sheet,
                    }));
                }
                Answer::Collided(both) => both,
                Answer::Busy => {
                    self.tally.busy += 1;
                    wait(begun, "is told to try again")?;
                    continue;
                }
            };
            self.tally.collisions += 1;
            for token in tokens(&sheet.text) {
                if !both.text.contains(token) {
                    bail!("{token} is not in what came back of a text that collided");
                }
            }
            sheet = Sheet {
                text: writing::together(&both.text),
                ..both
            };
        }
        Ok(None)
    }

    /// The text with one more line: at its end, where all meet, or anywhere.
    fn with_line(&mut self, text: &str, line: &str) -> String {
        let mut lines: Vec<&str> = text.lines().collect();
        let anywhere = self.random.below(lines.len() as u64 + 1);
        let place = match self.random.below(2) {
            0 => lines.len(),
            _ => usize::try_from(anywhere).unwrap_or_default(),
        };
        lines.insert(place, line);
        lines.join("\n")
    }

    /// Sends the same until something comes back. Some are gone before that at first.
    fn send(
        &mut self,
        path: &str,
        section: usize,
        sheet: &Sheet,
        token: &str,
        begun: Instant,
    ) -> Result<Option<Answer>> {
        let sending = Sending {
            address: self.common.address,
            path,
            cookie: self.cookie,
            sheet,
            summary: token,
        };
        let mut known = false;
        let leaves = self.random.below(LEAVES) == 0;
        let after = Duration::from_micros(self.random.below(LEFT_BY));
        if leaves && sending.send_and_leave(after).is_ok() {
            self.tally.left += 1;
            // Others send again while the first sending is still under way.
            if self.random.below(2) == 0 {
                known = self.is_saved(section, token, begun)?;
            }
        }
        loop {
            match sending.send() {
                Ok(response) => {
                    let answer = writing::answer(&response)?;
                    if known && matches!(answer, Answer::Collided(_)) {
                        bail!("{token} is in the history, and sending it again was taken for news");
                    }
                    return Ok(Some(answer));
                }
                Err(error) => {
                    if self.is_over() {
                        return Ok(None);
                    }
                    wait(begun, &format!("gets no answer ({error:#})"))?;
                    self.tally.sent_again += 1;
                    known = known || self.is_saved(section, token, begun)?;
                }
            }
        }
    }

    /// Whether a text whose answer was lost is in the history. Only sending it again tells people;
    /// this is to know what was tested.
    fn is_saved(&mut self, section: usize, token: &str, begun: Instant) -> Result<bool> {
        let history = writing::history_path(CONDITION, SECTIONS[section]);
        let Some(page) = self.get(&history, begun)? else {
            return Ok(false);
        };
        let is_saved = String::from_utf8_lossy(&page.body).contains(token);
        self.tally.saved_already += usize::from(is_saved);
        Ok(is_saved)
    }

    /// A page, as soon as there is a server; nothing where all is over before.
    fn get(&mut self, path: &str, begun: Instant) -> Result<Option<Response>> {
        while !self.is_over() {
            match http::get_with_cookie(self.common.address, path, self.cookie) {
                Ok(page) if page.status == 200 => return Ok(Some(page)),
                Ok(page) if page.status == 503 => self.tally.busy += 1,
                Ok(page) => bail!("{path} was answered {}", page.status),
                Err(_) => {}
            }
            wait(begun, &format!("does not get {path}"))?;
        }
        Ok(None)
    }
}

fn wait(begun: Instant, why: &str) -> Result<()> {
    if begun.elapsed() > PATIENCE {
        bail!("somebody who writes {why} for {PATIENCE:.0?}");
    }
    sleep(PAUSE);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_found_in_any_text() {
        assert_eq!(token(17), "soak000017");
        assert_eq!(
            tokens("soak000017 <p>soak000002.soaked soak12"),
            ["soak000017", "soak000002"]
        );
    }
}
