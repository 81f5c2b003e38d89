//! How devices that watch are doing, from what each says of itself every two seconds (R129). Kept in memory only.

use jiff::{SignedDuration, Timestamp};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};
use utoipa::ToSchema;
use vedette_core::id::DeviceId;
use vedette_core::template::{ModelId, PipelineVersion, TemplateSpace};

use super::deployment::LaneShut;

/// A device reports every two seconds and pages ask every two, so that what these find is on a screen within ten.
const SILENT_AFTER: SignedDuration = SignedDuration::from_secs(6);
const STALLED_AFTER: SignedDuration = SignedDuration::from_secs(4);
/// Once it can be heard. A kiosk asks every four seconds whether its lane is open, and reports from then on.
const SPEAKS_WITHIN: SignedDuration = SignedDuration::from_secs(8);
/// Per cent.
const BATTERY_LOW: u8 = 15;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Camera {
    Running,
    /// Switched off by its user, who may still take alerts.
    Off,
    /// The browser was not allowed to use it.
    Refused,
    /// Another program has it.
    Busy,
    Missing,
    /// It ran and stopped by itself.
    Lost,
    /// A kiosk's, which is on only while a visitor is there.
    Waiting,
}

/// As far as the browser tells how hard the device has to work to stay cool.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Heat {
    Nominal,
    Fair,
    Serious,
    Critical,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Battery {
    #[schema(maximum = 100)]
    #[serde(deserialize_with = "percent")]
    pub(crate) percent: u8,
    pub(crate) charging: bool,
}

fn percent<'de, D: Deserializer<'de>>(from: D) -> Result<u8, D::Error> {
    let percent = u8::deserialize(from)?;
    match percent {
        0..=100 => Ok(percent),
        _ => Err(D::Error::custom("a charge is 100 per cent at most")),
    }
}

/// What a device said of itself, and when.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Beat {
    pub(crate) at: Timestamp,
    pub(crate) camera: Camera,
    pub(crate) frames_per_second: f32,
    /// How long before `at` it looked at a frame; nothing where it has looked at none.
    pub(crate) since_frame: Option<SignedDuration>,
    pub(crate) battery: Option<Battery>,
    pub(crate) heat: Option<Heat>,
    /// Nothing where it takes alerts only, and looks at no face.
    pub(crate) model: Option<ModelId>,
    pub(crate) pipeline: Option<PipelineVersion>,
}

/// What somebody should see to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Alarm {
    /// Nothing was heard of it, and its camera was not switched off.
    Silent,
    CameraStalled,
    CameraRefused,
    CameraBusy,
    CameraMissing,
    CameraLost,
    BatteryLow,
    Hot,
    /// What it sends can't be compared.
    OtherModel,
    /// A kiosk whose lane is shut, because its engine isn't there.
    NoEngine,
}

impl Beat {
    /// Whether faces that pass there are looked at, or at a kiosk of whoever begins.
    pub(crate) fn watches(&self) -> bool {
        match self.camera {
            Camera::Running => !self.stalled(),
            Camera::Waiting => !self.shut(),
            Camera::Off | Camera::Refused | Camera::Busy | Camera::Missing | Camera::Lost => false,
        }
    }

    /// Whether it compares faces now, or as soon as a visitor begins: only then does its load cost anybody a match.
    fn captures(&self) -> bool {
        matches!(self.camera, Camera::Running | Camera::Waiting)
    }

    fn shut(&self) -> bool {
        self.camera == Camera::Waiting && self.model.is_none()
    }

    fn stalled(&self) -> bool {
        self.camera == Camera::Running && self.since_frame.is_none_or(|since| since >= STALLED_AFTER)
    }
}

/// A device that watches a deployment, or should, and what is amiss with it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Fitness {
    pub(crate) device: DeviceId,
    pub(crate) name: String,
    /// Whether it stands as a kiosk.
    pub(crate) kiosk: bool,
    /// Why its lane takes no visitors, of a kiosk of this deployment.
    pub(crate) shut: Option<LaneShut>,
    /// Nothing where it was set up as a kiosk and not heard of since the server started.
    pub(crate) said: Option<Beat>,
    /// Whether what it said is too old to be so still.
    pub(crate) silent: bool,
    /// Of the last minute, as it counted them: followed, and of these not assessable.
    pub(crate) faces: (u64, u64),
    pub(crate) alarms: Vec<Alarm>,
    /// Since when something has been amiss with it; means nothing where nothing is.
    pub(crate) amiss_since: Timestamp,
}

/// Whether what it said is too old to be so still.
pub(crate) fn is_silent(said: Option<&Beat>, now: Timestamp) -> bool {
    said.is_none_or(|beat| now.duration_since(beat.at) >= SILENT_AFTER)
}

/// Since when no camera has looked, so that nobody is compared. `heard`: what each device last said, and when one of its cameras
/// last looked. `since`: from when on they could be heard.
pub(crate) fn unwatched_since<'a>(
    heard: impl IntoIterator<Item = (&'a Beat, Option<Timestamp>)>,
    since: Timestamp,
    now: Timestamp,
) -> Option<Timestamp> {
    let mut last = since;
    for (beat, looked) in heard {
        if beat.watches() && !is_silent(Some(beat), now) {
            return None;
        }
        last = looked.map_or(last, |at| at.max(last));
    }
    (now.duration_since(since) >= SPEAKS_WITHIN).then_some(last)
}

/// Since when a device has been ailing that alarms now. `told`: since when every report of it told of something. `since`: from when on
/// it could be heard.
pub(crate) fn amiss_since(told: Option<Timestamp>, said: Option<&Beat>, since: Timestamp) -> Timestamp {
    told.or(said.map(|beat| beat.at)).map_or(since, |at| at.max(since))
}

/// Whether what it says of itself alarms somebody.
pub(crate) fn tells_of_something(beat: &Beat, ours: &TemplateSpace) -> bool {
    !alarms(Some(beat), beat.at, ours, beat.at).is_empty()
}

/// `since`: from when on it could be heard.
pub(crate) fn alarms(said: Option<&Beat>, since: Timestamp, ours: &TemplateSpace, now: Timestamp) -> Vec<Alarm> {
    // What it said longer ago of its camera is no longer so, but that it was switched off.
    let Some(beat) = said.filter(|_| !is_silent(said, now)) else {
        let off = said.is_some_and(|beat| beat.camera == Camera::Off);
        return match !off && now.duration_since(since) >= SPEAKS_WITHIN {
            true => vec![Alarm::Silent],
            false => Vec::new(),
        };
    };
    let camera = match beat.camera {
        Camera::Running => beat.stalled().then_some(Alarm::CameraStalled),
        Camera::Waiting => beat.shut().then_some(Alarm::NoEngine),
        Camera::Off => None,
        Camera::Refused => Some(Alarm::CameraRefused),
        Camera::Busy => Some(Alarm::CameraBusy),
        Camera::Missing => Some(Alarm::CameraMissing),
        Camera::Lost => Some(Alarm::CameraLost),
    };
    let low = beat
        .battery
        .is_some_and(|battery| !battery.charging && battery.percent <= BATTERY_LOW);
    let hot = beat.captures() && matches!(beat.heat, Some(Heat::Serious | Heat::Critical));
    let other = beat.model.as_ref().is_some_and(|model| *model != ours.model)
        || beat.pipeline.is_some_and(|pipeline| pipeline != ours.pipeline);
    [
        camera,
        low.then_some(Alarm::BatteryLow),
        hot.then_some(Alarm::Hot),
        other.then_some(Alarm::OtherModel),
    ]
    .into_iter()
    .flatten()
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ours() -> TemplateSpace {
        TemplateSpace {
            model: ModelId::new("a".repeat(ModelId::DIGITS)).unwrap(),
            pipeline: PipelineVersion(2),
            dimensions: 128,
            transform: None,
        }
    }

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + seconds).unwrap()
    }

    fn beat(camera: Camera, since_frame: i64) -> Beat {
        Beat {
            at: at(0),
            camera,
            frames_per_second: 12.0,
            since_frame: Some(SignedDuration::from_secs(since_frame)),
            battery: None,
            heat: None,
            model: Some(ours().model),
            pipeline: Some(ours().pipeline),
        }
    }

    #[test]
    fn r129_a_stalled_camera_and_a_silent_device_alarm_within_ten_seconds() {
        // At most this long between two reports, and between two looks of a page.
        let reports = SignedDuration::from_secs(2);
        let looks = SignedDuration::from_secs(2);
        assert!(STALLED_AFTER + reports + looks <= SignedDuration::from_secs(10));
        assert!(SILENT_AFTER + looks <= SignedDuration::from_secs(10));
        let found = |beat: &Beat, seconds| alarms(Some(beat), at(-60), &ours(), at(seconds));
        assert_eq!(found(&beat(Camera::Running, 0), 2), []);
        assert_eq!(found(&beat(Camera::Running, 4), 1), [Alarm::CameraStalled]);
        assert_eq!(found(&beat(Camera::Running, 0), 6), [Alarm::Silent]);
        assert_eq!(found(&beat(Camera::Lost, 1), 0), [Alarm::CameraLost]);
        let never = Beat {
            since_frame: None,
            ..beat(Camera::Running, 0)
        };
        assert_eq!(found(&never, 0), [Alarm::CameraStalled]);
        assert!(!never.watches() && beat(Camera::Running, 3).watches());
    }

    #[test]
    fn r129_a_camera_that_was_switched_off_alarms_nobody() {
        let found = |seconds| alarms(Some(&beat(Camera::Off, 60)), at(-60), &ours(), at(seconds));
        assert_eq!((found(1), found(600)), (vec![], vec![]));
        assert!(!beat(Camera::Off, 0).watches());
    }

    #[test]
    fn r129_a_kiosk_that_waits_for_visitors_watches_and_alarms_when_it_falls_silent_or_its_lane_is_shut() {
        let waiting = beat(Camera::Waiting, 600);
        let found = |beat: &Beat, seconds| alarms(Some(beat), at(-60), &ours(), at(seconds));
        assert_eq!(found(&waiting, 2), []);
        assert!(waiting.watches());
        assert_eq!(found(&waiting, 6), [Alarm::Silent]);
        let shut = Beat {
            model: None,
            pipeline: None,
            ..waiting
        };
        assert_eq!(found(&shut, 2), [Alarm::NoEngine]);
        assert!(!shut.watches());
    }

    #[test]
    fn r129_nobody_is_silent_before_they_could_be_heard_for_eight_seconds() {
        let looks = SignedDuration::from_secs(2);
        assert!(SPEAKS_WITHIN + looks <= SignedDuration::from_secs(10));
        let before = beat(Camera::Waiting, 600);
        for said in [None, Some(&before)] {
            let found = |seconds| alarms(said, at(60), &ours(), at(seconds));
            assert_eq!((found(67), found(68)), (vec![], vec![Alarm::Silent]));
        }
        // What it said a moment ago is so, whatever came in between.
        let lost = beat(Camera::Lost, 0);
        assert_eq!(alarms(Some(&lost), at(3), &ours(), at(4)), [Alarm::CameraLost]);
    }

    #[test]
    fn r86_nobody_is_compared_from_when_the_last_camera_looked_or_could_have() {
        let (running, off, waiting) = (
            beat(Camera::Running, 0),
            beat(Camera::Off, 0),
            beat(Camera::Waiting, 600),
        );
        let looked = |seconds| Some(at(seconds));
        let found = |heard: &[(&Beat, Option<Timestamp>)], seconds| {
            unwatched_since(heard.iter().copied(), at(-60), at(seconds))
        };
        assert_eq!(found(&[(&running, looked(0))], 5), None);
        assert_eq!(found(&[(&off, looked(-20)), (&waiting, looked(0))], 5), None);
        // Silence, and a camera that was switched off, which alarms nobody.
        assert_eq!(found(&[(&running, looked(0))], 6), looked(0));
        assert_eq!(found(&[(&off, looked(-20)), (&off, None)], 1), looked(-20));
        let stalled = beat(Camera::Running, 4);
        assert_eq!(found(&[(&stalled, looked(-4))], 1), looked(-4));
        // Not of a time when nothing was matched, and not before anybody could have been heard.
        assert_eq!(found(&[(&off, looked(-90))], 1), looked(-60));
        assert_eq!((found(&[], -53), found(&[], -52)), (None, looked(-60)));
    }

    #[test]
    fn r129_what_ails_a_device_does_so_since_it_first_told_of_it_or_was_last_heard() {
        let (well, lost) = (beat(Camera::Running, 0), beat(Camera::Lost, 0));
        assert!(!tells_of_something(&well, &ours()) && tells_of_something(&lost, &ours()));
        assert_eq!(
            amiss_since(None, Some(&well), at(-60)),
            at(0),
            "silent since its last report"
        );
        assert_eq!(amiss_since(Some(at(-30)), Some(&lost), at(-60)), at(-30));
        assert_eq!(amiss_since(None, None, at(-60)), at(-60), "never heard of");
        assert_eq!(
            amiss_since(Some(at(-90)), Some(&lost), at(-60)),
            at(-60),
            "not of a time when nothing was matched"
        );
    }

    #[test]
    fn r129_no_battery_holds_more_than_all_of_its_charge() {
        let read = |percent: u8| {
            let told = format!(r#"{{"percent":{percent},"charging":false}}"#);
            serde_json::from_str::<Battery>(&told)
                .map(|battery| battery.percent)
                .ok()
        };
        assert_eq!((read(0), read(100)), (Some(0), Some(100)));
        assert_eq!((read(101), read(255)), (None, None));
    }

    #[test]
    fn r129_a_low_battery_heat_and_another_model_alarm() {
        let with = |battery, heat, pipeline| Beat {
            battery,
            heat,
            pipeline: Some(PipelineVersion(pipeline)),
            ..beat(Camera::Running, 0)
        };
        let battery = |percent, charging| Some(Battery { percent, charging });
        let found = |beat: Beat| alarms(Some(&beat), at(-60), &ours(), at(1));
        assert_eq!(found(with(battery(15, false), None, 2)), [Alarm::BatteryLow]);
        assert_eq!(found(with(battery(15, true), None, 2)), []);
        assert_eq!(found(with(battery(16, false), Some(Heat::Fair), 2)), []);
        assert_eq!(found(with(None, Some(Heat::Serious), 2)), [Alarm::Hot]);
        assert_eq!(found(with(None, None, 1)), [Alarm::OtherModel]);
    }

    #[test]
    fn r129_a_device_that_takes_alerts_only_is_not_called_hot() {
        let hot = |camera| {
            let beat = Beat {
                heat: Some(Heat::Critical),
                ..beat(camera, 0)
            };
            alarms(Some(&beat), at(-60), &ours(), at(1)).contains(&Alarm::Hot)
        };
        assert!(!hot(Camera::Off) && !hot(Camera::Missing));
        assert!(hot(Camera::Running) && hot(Camera::Waiting));
    }
}
