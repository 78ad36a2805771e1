package io.github.bellhop.spring.boot3;

import io.github.bellhop.spring.MockMvcContract;
import org.springframework.boot.test.autoconfigure.web.servlet.AutoConfigureMockMvc;

@AutoConfigureMockMvc
class MockMvcTest extends MockMvcContract {}
