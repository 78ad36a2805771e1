package io.github.bellhop.examples.jetty;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** A page that reads the mirror and shows the number of users. */
final class UserCount extends HttpServlet {
    private static final long serialVersionUID = 1L;

    private final transient DataSource database;

    UserCount(DataSource database) {
        this.database = database;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("select count(*) from clerk_users where deleted_at is null")) {
            response.setContentType("text/plain");
            response.getWriter().println(found.next() ? found.getLong(1) : 0);
        } catch (SQLException e) {
            log("The users cannot be counted", e);
            response.sendError(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
        }
    }
}
