package io.github.bellhop.benchmarks;

import java.util.Map;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

/**
 * The measurements for one verifier, content and size.
 *
 * @param contender      the benchmark method's name
 * @param content        the kind of text in the body
 * @param bytes          the body's size
 * @param micros         microseconds per call
 * @param error          half the width of the 99.9 % confidence interval, in microseconds
 * @param allocatedBytes bytes allocated per call
 */
record VerifierFigure(String contender, String content, int bytes, double micros, double error, double allocatedBytes) {
    static VerifierFigure of(RunResult result) {
        String method = result.getParams().getBenchmark();
        Result<?> time = result.getPrimaryResult();
        return new VerifierFigure(
                method.substring(method.lastIndexOf('.') + 1),
                result.getParams().getParam("content"),
                Integer.parseInt(result.getParams().getParam("bytes")),
                time.getScore(),
                time.getScoreError(),
                allocated(result));
    }

    @SuppressWarnings("rawtypes") // as JMH gives it
    private static double allocated(RunResult result) {
        for (Map.Entry<String, Result> secondary : result.getSecondaryResults().entrySet()) {
            if (secondary.getKey().endsWith("gc.alloc.rate.norm")) {
                return secondary.getValue().getScore();
            }
        }
        return Double.NaN;
    }
}
