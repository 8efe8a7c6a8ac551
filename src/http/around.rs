//! A layer of a function.

use std::convert::Infallible;
use std::task::{Context, Poll};

use axum::extract::Request;
use axum::http::Response;
use tower_layer::Layer;
use tower_service::Service;

/// A function round a service. It gets what it knows, a request, and the service, which it
/// calls before it waits for anything, or a copy of which it keeps.
///
/// `axum::middleware::from_fn` is as much, and keeps what is within in an object, and the
/// future of each in another: five of them took 38 of them for each request, a third of what
/// one feature by its id costs.
#[derive(Clone)]
pub struct Around<K, F> {
    pub knows: K,
    pub function: F,
}

/// A service with a function round it.
#[derive(Clone)]
pub struct Surrounded<S, K, F> {
    inner: S,
    around: Around<K, F>,
}

impl<S, K: Clone, F: Clone> Layer<S> for Around<K, F> {
    type Service = Surrounded<S, K, F>;

    fn layer(&self, inner: S) -> Self::Service {
        Surrounded { inner, around: self.clone() }
    }
}

impl<S, K, F, A, B> Service<Request> for Surrounded<S, K, F>
where
    S: Service<Request, Error = Infallible>,
    K: Clone,
    F: Fn(K, Request, &mut S) -> A,
    A: Future<Output = Result<Response<B>, Infallible>>,
{
    type Response = Response<B>;
    type Error = Infallible;
    type Future = A;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, request: Request) -> A {
        (self.around.function)(self.around.knows.clone(), request, &mut self.inner)
    }
}
