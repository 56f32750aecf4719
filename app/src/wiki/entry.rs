//! One entry of a list: what it says, and what can be done with it.

use domain::{
    Error, Result,
    policy::{Action, permit},
    wiki::{Collision, EntryChange, EntryList, Item, ListedEntry, Saved, SectionKind},
};
use leptos::prelude::*;

use super::{
    lists::{after, fields_of, item_of, links, told},
    pages::{edit_path, section_path},
};
use crate::{
    context::{Services, Visit},
    form::{Control, Field, Fields, Form, FormPage, Outcome, written},
};

pub(super) async fn page(
    services: &Services,
    visit: &Visit,
    (slug, kind): (&str, SectionKind),
    id: &str,
) -> Result<FormPage> {
    let list = services.entries.list(visit.actor, slug, kind).await?;
    let listed = list.entries.iter().find(|listed| listed.entry.id == id);
    let listed = listed.ok_or(Error::NotFound)?;
    Ok(entry_page(&list, listed, visit))
}

fn entry_page(list: &EntryList, listed: &ListedEntry, visit: &Visit) -> FormPage {
    let slug = &list.condition.slug;
    let entry = &listed.entry;
    let head = list.head.map(|head| head.to_string()).unwrap_or_default();
    let base = || Field::hidden("base", &head);
    let keyed = |form: Form| Form {
        key: Some(visit.key.clone()),
        ..form
    };
    let mut forms = Vec::new();
    let shown = entry.hidden.is_none();
    let tip = matches!(entry.item, Item::Tip { .. });
    if tip && shown && permit(visit.actor, Action::SayWhatHelped).is_ok() {
        forms.push(helped(listed.mine));
    }
    if shown && (tip || matches!(entry.item, Item::Reference(_))) {
        let mut fields = fields_of(&entry.item);
        fields.push(base());
        forms.push(keyed(Form {
            name: "amend".to_owned(),
            heading: Some("Change it".to_owned()),
            fields,
            button: if list.publishes { "Save" } else { "Propose it" }.to_owned(),
            ..Form::default()
        }));
    }
    forms.push(keyed(if shown {
        Form {
            name: "hide".to_owned(),
            heading: Some("Hide it".to_owned()),
            text: Some("It leaves the page. It stays in the history and in the list, and can be shown again.".to_owned()),
            fields: vec![
                Field {
                    name: "reason".to_owned(),
                    label: "Reason".to_owned(),
                    hint: Some("One line. Everybody can read it.".to_owned()),
                    required: true,
                    ..Field::default()
                },
                base(),
            ],
            button: "Hide it".to_owned(),
            danger: true,
            ..Form::default()
        }
    } else {
        Form {
            name: "show".to_owned(),
            fields: vec![base()],
            button: "Show it again".to_owned(),
            ..Form::default()
        }
    }));
    let source = listed
        .source
        .clone()
        .map(|source| view! { <p>"It comes from " {source} ", and returns with it if it is hidden and shown again."</p> });
    let reason = entry
        .hidden
        .clone()
        .map(|reason| view! { <p>"It is hidden. The reason: " <q>{reason}</q></p> });
    let text = (!listed.html.as_str().is_empty()).then(|| {
        view! { <h2 class="unseen">"What it says"</h2>
        <div class="seen prose" inner_html=listed.html.as_str().to_owned()></div> }
    });
    let mut links = links(list);
    links.insert(
        1,
        (
            format!("All in this section: {}", list.kind.title()),
            edit_path(slug, list.kind),
        ),
    );
    FormPage {
        title: entry.item.title(),
        text: told(list),
        content: Some(written(view! {
            {reason}
            {source}
            {text}
        })),
        forms,
        links,
        ..FormPage::default()
    }
}

fn helped(mine: bool) -> Form {
    Form {
        name: "helped".to_owned(),
        text: Some("Only the number of people is shown, never who they are.".to_owned()),
        fields: vec![Field {
            name: "helped".to_owned(),
            control: Control::Hidden,
            value: if mine { "no" } else { "yes" }.to_owned(),
            ..Field::default()
        }],
        button: if mine {
            "It did not help me"
        } else {
            "This helped me"
        }
        .to_owned(),
        ..Form::default()
    }
}

pub(super) async fn change(
    services: &Services,
    visit: &Visit,
    (slug, kind): (&str, SectionKind),
    id: &str,
    fields: &Fields,
) -> Result<Outcome> {
    let id = id.to_owned();
    let change = match fields.form() {
        "helped" => {
            let helped = fields.get("helped") != "no";
            services
                .entries
                .say_helped(visit.actor, slug, &id, helped)
                .await?;
            return Ok(Outcome::done(section_path(slug, kind)));
        }
        "amend" => {
            let form = match kind {
                SectionKind::Tips => "tip",
                _ => "reference",
            };
            EntryChange::Amend {
                id: id.clone(),
                item: item_of(form, fields)?,
            }
        }
        "hide" => EntryChange::Hide {
            id: id.clone(),
            reason: fields.get("reason").to_owned(),
        },
        "show" => EntryChange::Show { id: id.clone() },
        _ => return Err(Error::NotFound),
    };
    let base = fields.get("base").parse().ok();
    let submission = fields.submission();
    let saved = services
        .entries
        .change(visit.actor, slug, kind, base, change, &submission)
        .await?;
    let Saved::Collided(collision) = saved else {
        let done = match fields.form() {
            "hide" => "hidden",
            _ => "saved",
        };
        return Ok(after(saved, slug, kind, done));
    };
    let page = page(services, visit, (slug, kind), &id).await?;
    Ok(Outcome::Page(Box::new(collided(page, &collision, fields))))
}

/// The page as it is now, with what was filled in.
fn collided(page: FormPage, collision: &Collision, fields: &Fields) -> FormPage {
    let theirs = collision.theirs.clone();
    let told = written(view! {
        <div class="errors" role="alert" tabindex="-1">
            <p>
                "Somebody else changed this entry while you were writing. Nothing of yours is lost: it is in the form below. Look at what it says now, then send yours again if it should take its place."
            </p>
        </div>
        <pre class="diff">{theirs}</pre>
    });
    let forms = page
        .forms
        .into_iter()
        .map(|mut form| {
            if form.name == fields.form() {
                for field in form.fields.iter_mut().filter(|field| field.name != "base") {
                    fields.get(&field.name).clone_into(&mut field.value);
                }
            }
            form
        })
        .collect();
    FormPage {
        content: Some(told + &page.content.unwrap_or_default()),
        forms,
        ..page
    }
}
