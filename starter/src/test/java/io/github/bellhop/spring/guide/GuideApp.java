package io.github.bellhop.spring.guide;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.PropertySource;

/** The app of the documentation, as far as it is not shown there. */
@SpringBootApplication
@PropertySource("classpath:guide.properties")
class GuideApp {}
