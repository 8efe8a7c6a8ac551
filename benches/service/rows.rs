//! Measuring the rows: demarc and the limit in turns, on the same questions.

use std::fs;
use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::check::check;
use crate::client::{Connection, request};
use crate::data::kept;
use crate::limit::{self, Prepared};
use crate::load::{Asked, COMPARED, Driver, Figures};
use crate::process::Server;
use crate::work::{Wanted, Work};
use crate::world::World;
use crate::{Outcome, Setting};

/// How many answers of a row are held to the plots.
const CHECKED: usize = 24;
/// How long answers are prepared at the most; what has none by then is not asked.
const PREPARING: Duration = Duration::from_secs(15);
/// How long each server is asked before it is measured.
const WARM: Duration = Duration::from_millis(300);
/// How long one is asked before it is the other's turn.
const TURN: Duration = Duration::from_secs(1);

/// What was measured of both.
pub struct Row {
    /// As the table calls it.
    pub name: &'static str,
    /// What is asked.
    pub what: String,
    /// The least that is hoped for.
    pub bar: f64,
    /// How many different questions there were.
    pub questions: usize,
    /// Of demarc.
    pub demarc: Figures,
    /// Of the limit.
    pub limit: Figures,
}

/// Questions with the answers that demarc gave, of which some were held to the plots.
pub struct Ready {
    /// In order.
    pub asked: Arc<Vec<Asked>>,
    bodies: Vec<Prepared>,
    targets: Vec<(String, usize)>,
}

/// Asks each question once.
///
/// # Errors
/// When an answer is refused or wrong.
pub async fn prepare(world: &World, count: u32, server: &Server, work: Work) -> Outcome<Ready> {
    let mut connection = Connection::open(&server.address).await?;
    let since = Instant::now();
    let mut bodies: Vec<Prepared> = Vec::new();
    for (target, _) in &work.bodies {
        if since.elapsed() > PREPARING && bodies.len() >= CHECKED {
            break;
        }
        let mut body = Vec::new();
        let said = connection.ask(&request(target), |piece| body.extend_from_slice(piece)).await?;
        if said.status != 200 {
            let text = String::from_utf8_lossy(&body);
            return Err(format!("{target} is answered with {}: {text}", said.status).into());
        }
        bodies.push(Prepared { content_type: said.content_type, body });
    }
    let step = bodies.len().div_ceil(CHECKED);
    let answers: Vec<(&Wanted, &[u8])> = work
        .bodies
        .iter()
        .zip(&bodies)
        .step_by(step)
        .map(|((_, wanted), body)| (wanted, body.body.as_slice()))
        .collect();
    check(world, count, &answers)?;
    let beginnings: Vec<Arc<[u8]>> =
        bodies.iter().map(|one| Arc::from(&one.body[..one.body.len().min(COMPARED)])).collect();
    let questions = work.questions.into_iter().filter(|one| one.body < bodies.len());
    let targets: Vec<(String, usize)> = questions.map(|one| (one.target, one.body)).collect();
    let asked = targets.iter().map(|(target, body)| Asked {
        request: request(target),
        length: bodies[*body].body.len(),
        beginning: Arc::clone(&beginnings[*body]),
    });
    Ok(Ready { asked: Arc::new(asked.collect()), bodies, targets })
}

impl Ready {
    /// A limit that answers the questions with the same bytes.
    ///
    /// # Errors
    /// When it does not start.
    pub fn limit(&self) -> Outcome<Server> {
        let path = kept().join("prepared");
        limit::write(&path, &self.bodies, self.targets.clone(), None)?;
        let server = Server::limit(&path)?;
        fs::remove_file(path)?;
        Ok(server)
    }
}

/// Measures one row.
///
/// # Errors
/// When an answer is wrong.
pub async fn measure(
    setting: &Setting,
    world: &World,
    count: u32,
    server: &Server,
    work: Work,
) -> Outcome<Row> {
    let (name, what, bar) = (work.name, work.what.to_owned(), work.bar);
    let ready = prepare(world, count, server, work).await?;
    let bare = ready.limit()?;
    let mut demarc = Driver::open(server, &ready.asked, setting.connections).await?;
    let mut limit = Driver::open(&bare, &ready.asked, setting.connections).await?;
    demarc.warm(WARM).await?;
    limit.warm(WARM).await?;
    let mut left = setting.time;
    while !left.is_zero() {
        let turn = left.min(TURN);
        demarc.run(turn, None).await?;
        limit.run(turn, None).await?;
        left -= turn;
    }
    let questions = ready.targets.len();
    Ok(Row { name, what, bar, questions, demarc: demarc.figures, limit: limit.figures })
}
