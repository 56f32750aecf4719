//! `/settings/devices`

use domain::account::{Activity, ActivityKind, Device};
use leptos::prelude::*;

use super::{
    forms::SignOutFields,
    paths,
    settings_api::{self as api, DevicesView},
    settings_forms::{SignOutDeviceFields, SignOutOthersFields},
};
use crate::{
    page::{Column, Page, page_data, use_query_value, way},
    ui::{
        Moment,
        form::{Buttons, Form, Hidden, Submit},
    },
};

/// Where one is signed in, and signs out.
#[component]
pub fn DevicesPage() -> impl IntoView {
    let done = use_query_value("done");
    let data = page_data(|| (), |()| api::read_devices());
    view! {
        <Page
            data
            view=move |shown| {
                let done = done().is_some();
                view! { <Devices shown done/> }.into_any()
            }
        />
    }
}

#[component]
fn Devices(shown: DevicesView, done: bool) -> impl IntoView {
    let DevicesView { devices, activity } = shown;
    let notice = done.then(|| "Signed out there.".to_owned());
    let links = vec![way("Settings", paths::SETTINGS)];
    let several = devices.len() > 1;
    let devices = devices
        .into_iter()
        .map(|device| view! { <OneDevice device/> })
        .collect_view();
    view! {
        <Column title="Where you are signed in" notice links>
            <p>"If you do not recognise one of these, sign it out, then change your password."</p>
            {devices}
            {several.then(|| view! { <Others/> })}
            <div>
                <h2>"Recent sign-ins and sign-outs"</h2>
                <p>"From the last three months. If something here was not you, change your password."</p>
                <ActivityList activity/>
            </div>
        </Column>
    }
}

#[component]
fn OneDevice(device: Device) -> impl IntoView {
    let Device { id, name, here, .. } = device;
    let since = format!(
        "Signed in on {}, last used on {}.",
        device.signed_in.spelled(),
        device.seen.spelled()
    );
    if here {
        let heading = format!("{name} (this device)");
        view! {
            <Form<SignOutFields> heading text=since>
                <Buttons>
                    <Submit label="Sign out here"/>
                </Buttons>
            </Form<SignOutFields>>
        }
        .into_any()
    } else {
        view! {
            <Form<SignOutDeviceFields> of=id.clone() heading=name text=since>
                <Hidden name="device" value=id/>
                <Buttons>
                    <Submit label="Sign out there"/>
                </Buttons>
            </Form<SignOutDeviceFields>>
        }
        .into_any()
    }
}

#[component]
fn Others() -> impl IntoView {
    view! {
        <Form<SignOutOthersFields> heading="Everywhere else" danger=true>
            <Buttons>
                <Submit label="Sign out everywhere else" danger=true/>
            </Buttons>
        </Form<SignOutOthersFields>>
    }
}

#[component]
fn ActivityList(activity: Vec<Activity>) -> impl IntoView {
    if activity.is_empty() {
        return view! { <p>"None so far."</p> }.into_any();
    }
    let activity = activity
        .into_iter()
        .map(|Activity { kind, device, time }| {
            let what = match kind {
                ActivityKind::SignedIn => "signed in",
                ActivityKind::SignedOut => "signed out",
                ActivityKind::Ended => "signed out from elsewhere",
            };
            view! {
                <li>
                    <Moment time/> ": " {device} ", " {what}
                </li>
            }
        })
        .collect_view();
    view! { <ul class="moderation">{activity}</ul> }.into_any()
}
