//! What is done for a request that was let in: whether its client has the answer already,
//! when it is worked out, and whether a page is made of it.

use std::convert::Infallible;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;

use axum::extract::Request;
use axum::http::Method;
use axum::response::{IntoResponse, Response};
use axum::routing::Route;
use futures_util::FutureExt;
use tower_service::Service;

use super::admit::admit;
use super::app::App;
use super::arrive::{Arrived, Refused};
use super::conditional::Condition;
use super::page;
use super::problem::Problem;

/// What the answers of a route follow from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Answers {
    /// The snapshot, the day and the request: they are tagged, and weighed beforehand.
    OfSnapshot,
    /// How the service goes.
    OfService,
    /// The same where whoever runs it asks, for whom no pages are made.
    ToOperators,
}

/// The handler of a route, and the page that is made of what it answers.
pub(super) struct Next {
    pub app: Arc<App>,
    pub arrived: Arc<Arrived>,
    pub handler: Route,
}

impl Next {
    /// Answers.
    pub async fn run(mut self, request: Request) -> Response {
        if self.arrived.is_page {
            return Box::pin(page::pages(self, request)).await;
        }
        self.handle(request).await
    }

    /// Answers with what the page is made of.
    pub async fn handle(&mut self, request: Request) -> Response {
        let Ok(response) = self.handler.call(request).await;
        response
    }
}

/// Answers a request. Lets nothing in that is refused, and no defect of one answer out of
/// it: where that lies was written down.
pub(super) fn answer(
    (app, answers): (Arc<App>, Answers),
    request: Request,
    handler: &mut Route,
) -> impl Future<Output = Result<Response, Infallible>> + use<> {
    // In a box, since what stands round it moves it about. A copy of a route is as ready as
    // the route: always.
    Box::pin(answered(app, answers, request, handler.clone()))
}

async fn answered(
    app: Arc<App>,
    answers: Answers,
    mut request: Request,
    handler: Route,
) -> Result<Response, Infallible> {
    let Some(arrived) = request.extensions().get().cloned() else {
        let refused = request.extensions_mut().remove();
        let problem = refused.map_or_else(Problem::defect, |Refused(problem)| problem);
        return Ok(problem.into_response());
    };
    let mut next = Next { app, arrived, handler };
    let reads = [Method::GET, Method::HEAD].contains(request.method());
    let answered = AssertUnwindSafe(async {
        match answers {
            // It is refused, as briefly as may be.
            _ if !reads => next.handle(request).await,
            Answers::OfSnapshot => of_snapshot(next, request).await,
            Answers::OfService => next.run(request).await,
            Answers::ToOperators => next.handle(request).await,
        }
    });
    Ok(answered.catch_unwind().await.unwrap_or_else(|_| Problem::defect().into_response()))
}

/// What a client has already takes nobody's place.
async fn of_snapshot(next: Next, request: Request) -> Response {
    let condition = Condition::of(&next.arrived, &request);
    match condition.unchanged() {
        Some(response) => response,
        None => condition.answered(admit(next, request).await),
    }
}

#[cfg(test)]
mod tests {
    use axum::Router;
    use axum::body::Body;
    use axum::http::{StatusCode, header};
    use axum::routing::get;

    use super::*;
    use crate::http::arrive::REQUEST_ID;
    use crate::http::{Limits, Setting, round};
    use crate::load::{Folder, load_all};

    #[tokio::test]
    async fn a_defect_ends_its_answer_alone() {
        let loaded = load_all(&Folder::Embedded).unwrap_or_else(|faults| panic!("{faults:?}"));
        let app = Arc::new(App::new(loaded, Setting::default(), Limits::untold()));
        let wrong = ("/wrong", get(async || -> Response { panic!("a defect") }));
        let right = ("/right", get(async || "right"));
        let mut router = Router::new();
        for route in [wrong, right] {
            router = router.route(route.0, round(&app, route, Answers::OfSnapshot));
        }
        let mut router: Router = router.with_state(Arc::clone(&app));
        for (path, status) in [("/wrong", 500), ("/right", 200), ("/wrong", 500)] {
            let request = Request::builder().uri(path).header(header::HOST, "x");
            let request = request.body(Body::empty()).unwrap();
            let answer = router.call(request).await.unwrap();
            assert_eq!(answer.status(), StatusCode::from_u16(status).unwrap(), "{path}");
            assert!(answer.headers().contains_key(REQUEST_ID), "{path}");
        }
    }
}
