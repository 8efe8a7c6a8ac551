#!/usr/bin/env bash
# Programs that others wrote, on DEMARC: each must find what is there.
set -euo pipefail
cd "$(dirname "$0")/../.."
tools=target/suites/venv/bin
here=tests/conformance
failed=0
run() {
    echo "== $1"
    shift
    "$@" || failed=1
}
curl --silent --show-error --fail "$DEMARC/api?f=json" >target/suites/api.json
run openapi-spec-validator "$tools/openapi-spec-validator" target/suites/api.json
run OWSLib "$tools/python" $here/owslib_reads.py
run tiles "$tools/python" $here/tiles_read.py
run GDAL /usr/bin/python3 $here/gdal_reads.py
run QGIS /usr/bin/python3 $here/qgis_reads.py
run schemathesis env SCHEMATHESIS_HOOKS=hooks PYTHONPATH=$here PYTHONDONTWRITEBYTECODE=1 \
    "$tools/schemathesis" --config-file $here/schemathesis.toml run "$DEMARC/api?f=json" \
    --url "$DEMARC" --checks all --max-examples "${EXAMPLES:-20}" --continue-on-failure --no-color
exit $failed
