//! `demarc near`: what is reported near a place.

use std::sync::Arc;

use clap::Args;

use super::{Clocks, Failure, Format, Reader, print};
use crate::atlas::{Layer, LayerKind, today};
use crate::format::near::Near as Answer;
use crate::format::text;
use crate::query::{Crs, NearAnswer, NearQuestion, Stopped, When, find_place, near, values};

#[derive(Args)]
pub(super) struct Near {
    /// Name or id of a place, in any script, or LON,LAT
    #[arg(value_name = "PLACE|LON,LAT", allow_hyphen_values = true)]
    place: String,
    /// How far to look: 20km, 500m, or metres
    #[arg(long, default_value = "20km", value_parser = values::radius)]
    radius: f64,
    #[command(flatten)]
    clocks: Clocks,
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
    #[command(flatten)]
    reader: Reader,
}

impl Near {
    pub fn run(self) -> Result<(), Failure> {
        let atlas = Arc::new(self.reader.load()?);
        let asked = find_place(&atlas, &self.place)?;
        let question = NearQuestion {
            when: self.clocks.datetime.unwrap_or(When::Unsaid),
            known_at: self.clocks.known_at,
            ..NearQuestion::new(asked.at, self.radius)
        };
        let today = today();
        let answers: Result<Vec<(Arc<Layer>, NearAnswer)>, Stopped> = atlas
            .layers
            .iter()
            .filter(|layer| layer.info.kind == LayerKind::ReportedArea)
            .map(|layer| Ok((Arc::clone(layer), near(&atlas, layer, &question, today)?)))
            .collect();
        let answer = Answer {
            atlas,
            asked,
            question,
            answers: answers?,
            today,
            skips_geometry: false,
            crs: Crs::default(),
            authority_order: false,
        };
        if self.format == Format::Text {
            return print(text::near(&answer).as_bytes());
        }
        let mut body = Vec::new();
        answer.write(&mut body)?;
        print(&body)
    }
}
