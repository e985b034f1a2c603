/** The HTTP platform: routing, sessions, CSRF, content negotiation, problems, pages. No feature. */
@NullMarked
package org.placette.web;

import org.jspecify.annotations.NullMarked;
