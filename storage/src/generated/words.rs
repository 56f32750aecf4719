//! Texts of generated posts: common words often, others seldom, as in any language.

use super::random::Random;

/// The commonest first.
const COMMON: &str = "the a to and of in it is that we for with my on was you have not at this but they \
    had so be as me when from she her all what one he out there day up about are them time our after \
    his first then said were some can would which been now know will more do how if could other who \
    back where only two well down new over did how long before good little very than into here get \
    take every because way week told still much right never again same left years house began night \
    small walk morning doctor until asked family garden side letter found water together room often \
    better kept school hand away last enough thought once question young light world answered open \
    hope since almost table friend work clear easy list paper train city window door music kitchen \
    bread coffee phone page road river winter spring summer autumn rain snow cloud bird tree field";

/// Parts of words that few posts have: names, places, things.
const PARTS: [&str; 32] = [
    "ba", "ke", "lo", "mi", "nu", "ra", "se", "ti", "vo", "zu", "dra", "fle", "gri", "plo", "stu",
    "tra", "wen", "dor", "lin", "mar", "nel", "pos", "ril", "sun", "tam", "ver", "wik", "yar",
    "zel", "qua", "hem", "jor",
];

pub(super) struct Words {
    common: Vec<&'static str>,
}

impl Words {
    pub(super) fn new() -> Self {
        Self {
            common: COMMON.split_whitespace().collect(),
        }
    }

    fn add(&self, random: &mut Random, text: &mut String) {
        if random.one_in(12) {
            for _ in 0..3 {
                text.push_str(PARTS[random.below(PARTS.len())]);
            }
        } else {
            text.push_str(self.common[random.skewed_below(self.common.len())]);
        }
    }

    /// So many words, the first with a capital.
    fn sentence(&self, random: &mut Random, words: usize, text: &mut String) {
        let begin = text.len();
        for number in 0..words {
            if number > 0 {
                text.push(' ');
            }
            self.add(random, text);
        }
        // All of them are ASCII.
        if let Some(first) = text.get_mut(begin..=begin) {
            first.make_ascii_uppercase();
        }
    }

    pub(super) fn title(&self, random: &mut Random) -> String {
        let mut title = String::new();
        let words = 3 + random.below(6);
        self.sentence(random, words, &mut title);
        title
    }

    /// A paragraph as Markdown, which has no mark in it.
    pub(super) fn post(&self, random: &mut Random) -> String {
        let mut text = String::new();
        for number in 0..=random.below(5) {
            if number > 0 {
                text.push(' ');
            }
            let words = 5 + random.below(14);
            self.sentence(random, words, &mut text);
            text.push('.');
        }
        text
    }
}

/// What [`crate::wiki::markdown::render_post`] makes of such a text, which costs more than all the rest.
pub(super) fn html(text: &str) -> String {
    format!("<p>{text}</p>\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wiki::markdown::render_post;

    #[test]
    fn posts_are_rendered_as_services_do() {
        let (words, mut random) = (Words::new(), Random::new(3));
        for _ in 0..200 {
            let text = words.post(&mut random);
            assert_eq!(html(&text), render_post(&text));
            assert_eq!(domain::community::check_post("text", &text), Ok(text));
            let title = words.title(&mut random);
            assert_eq!(domain::community::check_title("title", &title), Ok(title));
        }
    }
}
