// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.schema;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// An immutable sorted map that shares all but a path with the map it was made from, so that the
/// schema before each of ten thousand statements can be kept: a balanced (AVL) tree.
///
/// Ranges ([#subMap] and its kin) are copies.
@SuppressWarnings("JdkObsolete") // NavigableMap would bring twenty methods that no one calls.
final class PersistentMap<K extends Comparable<? super K>, V> extends AbstractMap<K, V>
    implements SortedMap<K, V> {
  private final @Nullable Node<K, V> root;

  private PersistentMap(@Nullable Node<K, V> root) {
    this.root = root;
  }

  static <K extends Comparable<? super K>, V> PersistentMap<K, V> copyOf(Map<K, V> map) {
    if (map instanceof PersistentMap<K, V> already) {
      return already;
    }
    Node<K, V> root = null;
    for (var entry : map.entrySet()) {
      root = put(root, entry.getKey(), entry.getValue());
    }
    return new PersistentMap<>(root);
  }

  PersistentMap<K, V> with(K key, V value) {
    return new PersistentMap<>(put(root, key, value));
  }

  PersistentMap<K, V> without(K key) {
    return find(key) == null ? this : new PersistentMap<>(remove(root, key));
  }

  @Override
  public int size() {
    return size(root);
  }

  @Override
  public boolean containsKey(Object key) {
    return find(key) != null;
  }

  @Override
  public @Nullable V get(Object key) {
    var found = find(key);
    return found == null ? null : found.value;
  }

  @SuppressWarnings("unchecked") // The contract of Map.get: a key of another type is an error.
  private @Nullable Node<K, V> find(Object key) {
    var wanted = (K) key;
    var node = root;
    while (node != null) {
      var order = wanted.compareTo(node.key);
      if (order == 0) {
        return node;
      }
      node = order < 0 ? node.left : node.right;
    }
    return null;
  }

  @Override
  public Set<Entry<K, V>> entrySet() {
    return new AbstractSet<>() {
      @Override
      public int size() {
        return PersistentMap.this.size();
      }

      @Override
      public Iterator<Entry<K, V>> iterator() {
        return new InOrder<>(root);
      }
    };
  }

  @Override
  public @Nullable Comparator<? super K> comparator() {
    return null;
  }

  @Override
  public SortedMap<K, V> subMap(K from, K to) {
    return new TreeMap<>(this).subMap(from, to);
  }

  @Override
  public SortedMap<K, V> headMap(K to) {
    return new TreeMap<>(this).headMap(to);
  }

  @Override
  public SortedMap<K, V> tailMap(K from) {
    return new TreeMap<>(this).tailMap(from);
  }

  @Override
  public K firstKey() {
    return entrySet().iterator().next().getKey();
  }

  @Override
  public K lastKey() {
    var node = root;
    if (node == null) {
      throw new NoSuchElementException("the map is empty");
    }
    while (node.right != null) {
      node = node.right;
    }
    return node.key;
  }

  private static <K extends Comparable<? super K>, V> Node<K, V> put(
      @Nullable Node<K, V> node, K key, V value) {
    if (node == null) {
      return new Node<>(key, value, null, null);
    }
    var order = key.compareTo(node.key);
    if (order == 0) {
      return new Node<>(key, value, node.left, node.right);
    }
    return order < 0
        ? balanced(node, put(node.left, key, value), node.right)
        : balanced(node, node.left, put(node.right, key, value));
  }

  private static <K extends Comparable<? super K>, V> @Nullable Node<K, V> remove(
      @Nullable Node<K, V> node, K key) {
    if (node == null) {
      return null;
    }
    var order = key.compareTo(node.key);
    if (order < 0) {
      return balanced(node, remove(node.left, key), node.right);
    }
    if (order > 0) {
      return balanced(node, node.left, remove(node.right, key));
    }
    if (node.left == null || node.right == null) {
      return node.left == null ? node.right : node.left;
    }
    var next = node.right;
    while (next.left != null) {
      next = next.left;
    }
    return balanced(next, node.left, remove(node.right, next.key));
  }

  /// A node with the entry of `entry` over two trees whose heights differ by two at most.
  private static <K, V> Node<K, V> balanced(
      Node<K, V> entry, @Nullable Node<K, V> left, @Nullable Node<K, V> right) {
    if (left != null && height(left) > height(right) + 1) {
      var inner = left.right;
      return inner != null && height(inner) > height(left.left)
          ? over(inner, over(left, left.left, inner.left), over(entry, inner.right, right))
          : over(left, left.left, over(entry, inner, right));
    }
    if (right != null && height(right) > height(left) + 1) {
      var inner = right.left;
      return inner != null && height(inner) > height(right.right)
          ? over(inner, over(entry, left, inner.left), over(right, inner.right, right.right))
          : over(right, over(entry, left, inner), right.right);
    }
    return over(entry, left, right);
  }

  private static <K, V> Node<K, V> over(
      Node<K, V> entry, @Nullable Node<K, V> left, @Nullable Node<K, V> right) {
    return new Node<>(entry.key, entry.value, left, right);
  }

  private static int height(@Nullable Node<?, ?> node) {
    return node == null ? 0 : node.height;
  }

  private static int size(@Nullable Node<?, ?> node) {
    return node == null ? 0 : node.size;
  }

  private static final class Node<K, V> {
    final K key;
    final V value;
    final @Nullable Node<K, V> left;
    final @Nullable Node<K, V> right;
    final int height;
    final int size;

    Node(K key, V value, @Nullable Node<K, V> left, @Nullable Node<K, V> right) {
      this.key = key;
      this.value = value;
      this.left = left;
      this.right = right;
      this.height = Math.max(height(left), height(right)) + 1;
      this.size = size(left) + size(right) + 1;
    }
  }

  private static final class InOrder<K, V> implements Iterator<Map.Entry<K, V>> {
    private final Deque<Node<K, V>> path = new ArrayDeque<>();

    InOrder(@Nullable Node<K, V> root) {
      descend(root);
    }

    private void descend(@Nullable Node<K, V> from) {
      for (var node = from; node != null; node = node.left) {
        path.push(node);
      }
    }

    @Override
    public boolean hasNext() {
      return !path.isEmpty();
    }

    @Override
    public Map.Entry<K, V> next() {
      var node = path.pop();
      descend(node.right);
      return Map.entry(node.key, node.value);
    }
  }
}
