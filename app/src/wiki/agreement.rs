//! Thanks and remembrance name people, who have to agree to it.

use domain::wiki::SectionKind;
use leptos::prelude::*;

use crate::ui::form::Tick;

/// The field `agreed` of forms that save a text; only where the section names people.
#[component]
pub(super) fn Agreement(
    /// Which section.
    kind: SectionKind,
    /// Whether it begins ticked.
    #[prop(optional)]
    agreed: bool,
) -> impl IntoView {
    (kind == SectionKind::Acknowledgement).then(|| {
        view! {
            <Tick
                name="agreed"
                label="Everyone who is named here has agreed to it, or their family has"
                hint="For children and for people who have died, ask the family. If no one is named, tick this as well."
                checked=agreed
            />
        }
    })
}
