package io.github.bellhop.spring.guide;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.PropertySource;

/** The parts of the guide's app that the documentation does not show. */
@SpringBootApplication
@PropertySource("classpath:guide.properties")
class GuideApp {}
