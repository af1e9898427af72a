/** Programs for the README's first page. */
@org.jspecify.annotations.NullMarked
package io.zabkeeper.client.example;
