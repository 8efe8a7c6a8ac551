#!/usr/bin/env bash
# Runs a certification suite of OGC on DEMARC: ogc.sh SUITE VERSION
# Its jar comes from Maven Central into target/suites; Java 17 runs it.
set -euo pipefail
cd "$(dirname "$0")/../.."
suite=$1 version=$2
jar=target/suites/$suite-$version-aio.jar
if [ ! -f "$jar" ]; then
    mkdir -p target/suites
    # -U: what a registry did not have once, it is asked for again.
    if ! mvn --batch-mode --quiet -U org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy \
        "-Dartifact=org.opengis.cite:$suite:$version:jar:aio" "-DoutputDirectory=$PWD/target/suites"; then
        echo "conformance: org.opengis.cite:$suite:$version (classifier aio) could not be had from the" \
            "Maven registry in use (Maven says above why), so the suite did not run and nothing was certified. Put its jar at" \
            "$jar and run this again, or name a registry that has it in Maven's settings.xml." >&2
        exit 3
    fi
fi
out=target/suites/$suite
rm -rf "$out"
mkdir -p "$out"
cat >"$out/props.xml" <<XML
<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE properties SYSTEM "http://java.sun.com/dtd/properties.dtd">
<properties version="1.0">
  <entry key="iut">$DEMARC/</entry>
  <entry key="noofcollections">-1</entry>
</properties>
XML
# The suite exits 0 on failures too; what it found is in its report.
java -jar "$jar" -o "$out" -h true "$out/props.xml"
python3 tests/conformance/testng.py "$out"
