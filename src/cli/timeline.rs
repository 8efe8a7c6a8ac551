//! `demarc timeline`: claims and events in order of date.

use clap::{Args, ValueEnum};

use super::{Failure, Reader, print};
use crate::atlas::{Day, Period, today};
use crate::format::text;
use crate::format::timeline::Timeline as Answer;
use crate::query::{
    Circle, TimelineQuestion, find_feature, find_place, timeline, unlocated, values,
};

#[derive(Args)]
pub(super) struct Timeline {
    /// A feature: COLLECTION/ID, or the id of a reported area
    #[arg(long, value_name = "ID")]
    feature: Option<String>,
    /// Name or id of a place, or LON,LAT
    #[arg(long, value_name = "PLACE|LON,LAT", requires = "radius", allow_hyphen_values = true)]
    near: Option<String>,
    /// How far from the place: 20km, 500m, or metres
    #[arg(long, requires = "near", value_parser = values::radius)]
    radius: Option<f64>,
    /// First day
    #[arg(long, value_name = "D", value_parser = values::day)]
    from: Option<Day>,
    /// Last day
    #[arg(long, value_name = "D", value_parser = values::day)]
    to: Option<Day>,
    /// Only what was known on this day
    #[arg(long, value_name = "D", value_parser = values::day)]
    known_at: Option<Day>,
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
    #[command(flatten)]
    reader: Reader,
}

#[derive(Clone, Copy, ValueEnum, PartialEq, Eq)]
enum Format {
    Text,
    Json,
}

impl Timeline {
    pub fn run(self) -> Result<(), Failure> {
        let during = Period { first: self.from, last: self.to };
        if during.is_reversed() {
            return Err(Failure::Usage("--to lies before --from".to_owned()));
        }
        let atlas = self.reader.load()?;
        let feature = self.feature.as_deref().map(|text| find_feature(&atlas, text)).transpose()?;
        let near = match (&self.near, self.radius) {
            (Some(place), Some(radius_m)) => {
                Some(Circle { centre: find_place(&atlas, place)?.at, radius_m })
            }
            _ => None,
        };
        let question = TimelineQuestion {
            feature,
            near,
            during: (during != Period::ALWAYS).then_some(during),
            known_at: self.known_at,
            ..TimelineQuestion::default()
        };
        let today = today();
        let answer = Answer {
            atlas: &atlas,
            entries: &timeline(&atlas, &question, today)?,
            unlocated: &unlocated(&atlas, &question, today)?,
            known_at: self.known_at,
        };
        print(
            match self.format {
                Format::Text => text::timeline(&answer),
                Format::Json => format!("{:#}\n", answer.json()),
            }
            .as_bytes(),
        )
    }
}
