// SPDX-License-Identifier: Apache-2.0
// Seeks a text's path in the tree: by its names first, then down by its numbers. Numbers are never bent, names may be.
#pragma once

#include <array>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "address/library/library.hpp"
#include "address/match/hit.hpp"
#include "address/read/address_path.hpp"

namespace menpai::address {

/// One a thread: owns its scratch memory.
class TreeMatcher {
 public:
  explicit TreeMatcher(const Library::Data& library) : m_library(&library) {}

  /// Appends what the tree has for the text, unordered, at most a few hundred.
  void match(const Reading& reading, const AddressPath& path, std::vector<Hit>& hits);
  /// The same in two steps, so that many texts can wait for memory together: begin, then fetch for as long as it says
  /// so, others meanwhile, then finish.
  void begin(const Reading& reading, const AddressPath& path);
  bool fetch();
  void finish(const Reading& reading, std::vector<Hit>& hits);
  /// After them, the same for nodes that the index of texts found: names that are alike, by more than one error.
  void match_named(const Reading& reading, std::span<const TreeNode> nodes, std::vector<Hit>& hits);
  /// After them, where the library has the text's place but not its numbers: places of likely misspelt names that have
  /// them. They may be meant as well, and stand behind what is called as the text says.
  void match_mistaken(const Reading& reading, std::vector<Hit>& hits);
  /// Where a number stands below `spot`, as match seeks it: also below levels that the text leaves out, or as a number
  /// of another kind, which is then in `key` and `level`; `reason` says which. Good until the next call.
  std::span<const Tree::Spot> find_number(Tree::Spot spot, NumberKey& key, Level& level, Reason& reason);
  /// Of a number that was not found below `spot`: whether the library reaches so deep, and has no such number.
  bool lacks(Tree::Spot spot, Level level, NumberKey key) const;
  /// How the divisions of a text stand to that of an address: what it leaves of the score, and the reasons.
  double match_division(const Reading& reading, DivisionNode division, LevelReasons& reasons) const;

 private:
  struct QueryName {
    Level level = Level::none;
    int position = 0;          ///< index into the path's steps
    std::uint64_t covers = 0;  ///< the steps it stands for, as bits
    std::u32string text;
    std::vector<std::pair<NameId, Reason>> ids;
    bool partial = false;  ///< only a part of the text is a name of the library
    bool used = false;
    bool bent = false;             ///< no name of the library, but one error makes `ids` of it
    std::vector<TreeNode> chosen;  ///< if bent: the nodes with these names that fit the text best
  };
  struct QueryNumber {
    Level level = Level::none;
    int position = 0;
    NumberKey key = 0;
    bool used = false;
  };
  /// A way down that is being followed.
  struct Way {
    Tree::Spot spot;
    double score = 1;
    LevelReasons reasons;
    bool stuck = false;  ///< a number was not found: nothing deeper is sought
    bool whole = true;
    std::uint64_t explained = 0;
  };

  void prepare(const Reading& reading, const AddressPath& path);
  void add_name(Level level, int position, std::u32string_view text);
  bool join_name(Level level, int position, std::u32string_view text);
  void find_names(QueryName& name);
  void find_near_names(QueryName& name);
  void choose_near(const Reading& reading, QueryName& name);
  void find_near_join(const QueryName& before, std::u32string_view text);
  void rank_near(std::u32string_view typed, bool likely_only);
  bool walk_near(const QueryName& name, const Tree::Part& part);
  void take_near(QueryName& name, std::size_t most);
  int numbers_found(TreeNode node, bool by_search);
  void find_part(QueryName& name);
  void collect_anchors(const Reading& reading);
  bool collect_within(const Tree::Part& part);
  void collect_below_others(std::size_t which, const Tree::Part& part);

  void match_anchor(const Reading& reading, TreeNode anchor, bool may_be_alike, std::vector<Hit>& hits);
  void mark_alias(Hit& hit) const;
  bool match_chain(TreeNode anchor, bool may_be_alike, Way& way);
  bool match_name(TreeNode node, bool may_be_alike, Way& way);
  double repaired_score(const QueryName& name, NameId id);
  static bool is_known(const QueryName& name);
  bool is_bare_below_place(TreeNode anchor, const Way& way) const;
  void match_number(TreeNode node, Way& way);
  bool weigh_unused_names(TreeNode anchor, Way& way);
  bool speaks_of(const Reading& reading, DivisionNode division, Level level) const;

  void descend(const QueryNumber& number);
  bool out_of_reach(const QueryNumber& number) const;
  void step_down(const Way& way, const QueryNumber& number);
  void find_sub_number(Tree::Spot spot, NumberKey key);
  Reason find_below(const Way& way, NumberKey& key, Level& level);
  void search_below(Tree::Spot spot, StepKey step, int depth);
  bool reaches(TreeNode node, Level level, int depth) const;

  const Library::Data* m_library;
  std::vector<QueryName> m_names;
  std::size_t m_name_count = 0;
  std::vector<QueryNumber> m_numbers;
  bool m_bent_anchor = false;  ///< one of the names of the chain was taken with an error
  int m_anchor_position = -1;  ///< of the last of the text's names that the anchor and its ancestors bear
  std::vector<Way> m_ways, m_next_ways;
  std::vector<Tree::Spot> m_found;
  std::vector<TreeNode> m_anchors;
  std::vector<TreeNode> m_named, m_named_above;  ///< where edits change which nodes bear a name
  /// A likely way down, for which memory is asked ahead.
  struct Fetching {
    TreeNode node = no_node;
    std::size_t number = 0;  ///< index into m_numbers
    int stage = 0;
  };
  std::array<Fetching, 2> m_fetching;
  std::vector<NameId> m_near;
  /// A name that one error makes of the text's, and one of its nodes.
  struct NearName {
    NameId id = no_name;
    float weight = 0;  ///< what the error leaves of the score
    TreeNode node = no_node;
    int found = 0;  ///< how many of the text's numbers stand below the node
  };
  std::vector<NearName> m_near_names, m_near_nodes;
  std::vector<QueryNumber> m_walked;  ///< the numbers behind the name that is being looked at
  std::u32string m_key, m_typed;
};

}  // namespace menpai::address
