//! Somebody who writes sections, as a browser without a script does: the page with the form, what
//! is sent, and what becomes of it.

use std::net::SocketAddr;
use std::time::Duration;

use anyhow::{Context, Result, bail};

use crate::http::{self, Response};

/// The marks around two texts that changed the same words.
const MINE: &str = "<<<<<<< your text";
const BETWEEN: &str = "=======";
const THEIRS: &str = ">>>>>>> the other text";

/// The form in which a section is written.
#[derive(Debug)]
pub(crate) struct Sheet {
    /// Number of the revision that the text builds on.
    pub(crate) base: String,
    /// What makes one sending of it be carried out once.
    pub(crate) key: String,
    /// The draft that the page has, and the one that it began with.
    pub(crate) draft: [String; 2],
    pub(crate) text: String,
    /// Whether a text waits in it that was begun before and has not been saved.
    pub(crate) is_draft: bool,
}

/// What became of a text.
#[derive(Debug)]
pub(crate) enum Answer {
    Saved,
    /// Somebody else changed the same words: the form with both texts.
    Collided(Sheet),
    /// The server asks to send it again.
    Busy,
}

pub(crate) fn edit_path(slug: &str, section: &str) -> String {
    format!("/communities/{slug}/sections/{section}/edit")
}

pub(crate) fn history_path(slug: &str, section: &str) -> String {
    format!("/communities/{slug}/sections/{section}/history")
}

/// The form on a page, for somebody who may write.
pub(crate) fn sheet(page: &Response) -> Result<Sheet> {
    let html = String::from_utf8_lossy(&page.body);
    read_sheet(&html).with_context(|| {
        format!(
            "a page to write a section on was answered {} without the form: {}",
            page.status,
            beginning(&html)
        )
    })
}

fn read_sheet(html: &str) -> Option<Sheet> {
    let hidden = |name: &str| {
        let (_, rest) = html.split_once(&format!("type=\"hidden\" name=\"{name}\" value=\""))?;
        Some(rest.split_once('"')?.0.to_owned())
    };
    let (_, area) = html.split_once("name=\"text\"")?;
    let (_, inside) = area.split_once('>')?;
    let (text, _) = inside.split_once("</textarea>")?;
    Some(Sheet {
        base: hidden("base")?,
        key: hidden("key")?,
        draft: [hidden("draft")?, hidden("grown_from")?],
        // The first line break belongs to the tag.
        text: text
            .strip_prefix('\n')
            .unwrap_or(text)
            .replace("&lt;", "<")
            .replace("&amp;", "&"),
        is_draft: html.contains("name=\"form\" value=\"wiki/drop-draft\""),
    })
}

/// A form that is filled in, on its way to be saved.
pub(crate) struct Sending<'a> {
    pub(crate) address: SocketAddr,
    pub(crate) path: &'a str,
    pub(crate) cookie: &'a str,
    pub(crate) sheet: &'a Sheet,
    pub(crate) summary: &'a str,
}

impl Sending<'_> {
    pub(crate) fn send(&self) -> Result<Response> {
        let headers = [("Cookie", self.cookie)];
        http::post(
            self.address,
            self.path,
            &headers,
            &self.fields(&self.text()),
        )
    }

    /// The same by somebody who is gone after a while.
    pub(crate) fn send_and_leave(&self, after: Duration) -> Result<()> {
        let headers = [("Cookie", self.cookie)];
        let text = self.text();
        http::post_and_leave(
            self.address,
            self.path,
            &headers,
            &self.fields(&text),
            after,
        )
    }

    /// As browsers send it.
    fn text(&self) -> String {
        self.sheet.text.replace('\n', "\r\n")
    }

    fn fields<'b>(&'b self, text: &'b str) -> [(&'static str, &'b str); 9] {
        // `/communities/{slug}/sections/{kind}/edit`
        let part = |index| self.path.split('/').nth(index).unwrap_or_default();
        [
            ("form", "wiki/edit"),
            ("slug", part(2)),
            ("kind", part(4)),
            ("key", &self.sheet.key),
            ("base", &self.sheet.base),
            ("draft", &self.sheet.draft[0]),
            ("grown_from", &self.sheet.draft[1]),
            ("text", text),
            ("summary", self.summary),
        ]
    }
}

/// What an answer to a [`Sending`] means; an error where it means that something is wrong.
pub(crate) fn answer(response: &Response) -> Result<Answer> {
    Ok(match response.status {
        303 => {
            let to = response.header("location").unwrap_or_default();
            if !to.starts_with("/communities/") {
                bail!("a saved text led on to {to}, not to its page");
            }
            Answer::Saved
        }
        409 => {
            let both = sheet(response)?;
            if !both.text.lines().any(|line| line == MINE) {
                bail!("a text came back without being saved, and without marks of another one");
            }
            Answer::Collided(both)
        }
        503 => Answer::Busy,
        other => bail!(
            "a text was answered {other}: {}",
            beginning(&String::from_utf8_lossy(&response.body))
        ),
    })
}

/// The first words of a page's body.
fn beginning(html: &str) -> String {
    let main = html.split_once("<main").map_or(html, |(_, main)| main);
    main.chars().take(600).collect()
}

/// Two texts put together: of lines between marks the other's, then those of ours that it has not.
pub(crate) fn together(marked: &str) -> String {
    let mut lines: Vec<&str> = Vec::new();
    let mut mine: Vec<&str> = Vec::new();
    // Where the lines of the other text begin, once we are in them.
    let (mut in_mine, mut theirs) = (false, None);
    for line in marked.lines() {
        match line {
            MINE => in_mine = true,
            BETWEEN if in_mine => {
                in_mine = false;
                theirs = Some(lines.len());
            }
            THEIRS if theirs.is_some() => {
                let from = theirs.take().unwrap_or_default();
                let ours: Vec<&str> = mine
                    .drain(..)
                    .filter(|line| !lines[from..].contains(line))
                    .collect();
                lines.extend(ours);
            }
            line if in_mine => mine.push(line),
            line => lines.push(line),
        }
    }
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_form_is_read_as_a_browser_reads_it() {
        let html = "<form><input type=\"hidden\" name=\"form\" value=\"wiki/edit\">\
            <input type=\"hidden\" name=\"key\" value=\"k1\"><input type=\"hidden\" name=\"base\" value=\"35\">\
            <input type=\"hidden\" name=\"draft\" value=\"d1\">\
            <input type=\"hidden\" name=\"grown_from\" value=\"\">\
            <textarea id=\"edit-text\" name=\"text\" rows=\"16\">\na &lt; b &amp;amp;\n\nc</textarea></form>";
        let sheet = read_sheet(html).unwrap();
        assert_eq!((sheet.base.as_str(), sheet.key.as_str()), ("35", "k1"));
        assert_eq!(sheet.draft, ["d1", ""]);
        assert_eq!(sheet.text, "a < b &amp;\n\nc");
        assert!(!sheet.is_draft);
        assert!(read_sheet("<form></form>").is_none());
    }

    #[test]
    fn both_sides_are_kept_once() {
        let marked = "One.\n<<<<<<< your text\nMine.\nBoth.\n=======\nTheirs.\nBoth.\n>>>>>>> the other text\n\
            Two.\n=======\n<<<<<<< your text\nMore.\n=======\n>>>>>>> the other text";
        assert_eq!(
            together(marked),
            "One.\nTheirs.\nBoth.\nMine.\nTwo.\n=======\nMore."
        );
        assert_eq!(together("a\n\nb"), "a\n\nb");
    }
}
