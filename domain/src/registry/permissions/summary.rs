//! What may be done, in one paragraph.

use super::{
    ContactWays, Duration, Frequency, Permission, PermissionAnswer, Permissions, Region,
    ResearchScope,
};

impl Permissions {
    /// One paragraph that says what the answers so far allow, to the participant themselves.
    pub fn summary(&self) -> String {
        let mut sentences = vec![self.about_research()];
        sentences.extend(self.about_limits());
        sentences.extend(self.about_requests());
        sentences.push(self.about_sharing());
        sentences.push(self.about_contact());
        sentences.join(" ")
    }

    fn about_research(&self) -> String {
        let (what, until) = match self.research() {
            ResearchScope::None => return "Your data may not be used for research.".to_owned(),
            ResearchScope::OwnCondition => ("research about your condition", self.until()),
            ResearchScope::Health => ("research about health", self.until()),
            ResearchScope::Any => ("any research", self.until()),
        };
        match until {
            Some(until) => format!("Your data may be used for {what}, {until}."),
            None => format!("Your data may be used for {what} once you have said for how long."),
        }
    }

    fn until(&self) -> Option<String> {
        match self.answer(Permission::Duration) {
            Some(PermissionAnswer::Duration(Duration::NoEnd, _)) => {
                Some("until you say no".to_owned())
            }
            Some(PermissionAnswer::Duration(duration, since)) => {
                let last = since.years_later(duration.years()?);
                Some(format!("until {}", last.spelled()))
            }
            _ => None,
        }
    }

    fn about_limits(&self) -> Vec<String> {
        let mut limits = Vec::new();
        if self.asks(Permission::Commercial) {
            // Without research with the data there are only studies that we ask about.
            let data = self.research() != ResearchScope::None;
            let who = match (data, self.says_yes(Permission::Commercial)) {
                (true, true) => "Companies may do this research.",
                (true, false) => "Companies may not do this research.",
                (false, true) => "Studies may be by companies.",
                (false, false) => "Studies may not be by companies.",
            };
            let wherever = match self.answer(Permission::Region) {
                Some(PermissionAnswer::Region(Region::Country)) => "only in your country",
                Some(PermissionAnswer::Region(Region::Europe)) => "in your country and in Europe",
                Some(PermissionAnswer::Region(Region::Everywhere)) => "anywhere",
                _ => "nowhere until you have said where",
            };
            let (what, it) = if data {
                ("It", "it")
            } else {
                ("A study", "a study")
            };
            limits.push(who.to_owned());
            limits.push(format!("{what} may be done {wherever}."));
            if !self.says_yes(Permission::WithoutEthicsApproval) {
                limits.push(format!("An ethics committee has to approve {it} first."));
            }
        }
        if self.asks(Permission::Ancestry) {
            let uses = [
                (
                    Permission::Ancestry,
                    "to study where people’s ancestors came from",
                ),
                (Permission::Genetics, "with your genetic results"),
            ];
            let (allowed, refused): (Vec<_>, Vec<_>) = uses
                .into_iter()
                .partition(|(permission, _)| self.says_yes(*permission));
            for (uses, may) in [(allowed, "may"), (refused, "may not")] {
                let words: Vec<&str> = uses.into_iter().map(|(_, words)| words).collect();
                if !words.is_empty() {
                    limits.push(format!("Your data {may} be used {}.", words.join(" or ")));
                }
            }
        }
        limits
    }

    fn about_requests(&self) -> Vec<String> {
        let requests = [
            (Permission::StudyContact, "to take part in a study"),
            (Permission::Samples, "for blood or other samples"),
        ];
        let words: Vec<&str> = requests
            .into_iter()
            .filter(|(permission, _)| self.says_yes(*permission) && self.is_reached())
            .map(|(_, words)| words)
            .collect();
        let mut sentences = vec![if words.is_empty() {
            "We may not ask you to take part in studies or for samples.".to_owned()
        } else {
            format!(
                "We may ask you {}, and you can say no each time.",
                words.join(" or ")
            )
        }];
        if self.says_yes(Permission::Results) && self.is_reached() {
            sentences
                .push("We tell you if research finds something about your own health.".to_owned());
        }
        if self.says_yes(Permission::Matching) && self.is_reached() {
            sentences.push(
                "We may tell you and families with the same condition about each other.".to_owned(),
            );
        }
        sentences
    }

    fn about_sharing(&self) -> String {
        let mut others = Vec::new();
        if self.says_yes(Permission::OtherRegistries) {
            others.push("other registries".to_owned());
        }
        others.extend(self.organisations().iter().cloned());
        match others.split_last() {
            None => {
                "We do not share your data with other registries or with patient organisations."
                    .to_owned()
            }
            Some((last, [])) => format!("We may share your data with {last}."),
            Some((last, first)) => {
                format!(
                    "We may share your data with {} and {last}.",
                    first.join(", ")
                )
            }
        }
    }

    fn about_contact(&self) -> String {
        let way = match self.answer(Permission::ContactWays) {
            Some(PermissionAnswer::ContactWays(ContactWays::Email)) => "by email",
            Some(PermissionAnswer::ContactWays(ContactWays::Phone)) => "by phone",
            Some(PermissionAnswer::ContactWays(ContactWays::Both)) => "by email or phone",
            _ => return "We contact you only about your own consent.".to_owned(),
        };
        let often = match self.answer(Permission::Frequency) {
            Some(PermissionAnswer::Frequency(Frequency::Quarterly)) => "at most four times a year",
            Some(PermissionAnswer::Frequency(Frequency::Always)) => {
                "whenever there is something for you"
            }
            _ => "at most once a year",
        };
        format!("We may reach you {way}, {often}.")
    }
}
