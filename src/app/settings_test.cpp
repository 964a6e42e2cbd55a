// SPDX-License-Identifier: Apache-2.0
#include "app/settings.hpp"

#include <cstdlib>
#include <fstream>
#include <gtest/gtest.h>

#include "base/error.hpp"

namespace menpai::app {
namespace {

namespace fs = std::filesystem;

class SettingsTest : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (fs::temp_directory_path() / "menpai-settings-XXXXXX").string();
    m_dir = mkdtemp(pattern.data());
    setenv("MENPAI_DATA_DIR", m_dir.c_str(), 1);
  }
  void TearDown() override {
    for (const char* name :
         {"MENPAI_DATA_DIR", "MENPAI_HTTP_PORT", "MENPAI_HTTP_PROT", "MENPAI_CONFIG", "MENPAI_URL"}) {
      unsetenv(name);
    }
    fs::remove_all(m_dir);
  }
  fs::path write(const std::string& text, const char* name = "menpai.toml") {
    std::ofstream(m_dir / name) << text;
    return m_dir / name;
  }
  std::string refusal(const fs::path& file, const std::map<std::string, std::string>& flags = {}) {
    try {
      load_settings(file, flags);
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), ErrorCode::bad_request);
      return error.what();
    }
    ADD_FAILURE() << "nothing was refused";
    return {};
  }
  fs::path m_dir;
};

TEST_F(SettingsTest, without_anything_the_defaults_hold) {
  const Settings settings = load_settings({}, {});
  EXPECT_EQ(settings.data_dir, m_dir);
  EXPECT_EQ(settings.port, 8080);
  EXPECT_EQ(settings.listen, "127.0.0.1");
  EXPECT_TRUE(settings.database_url.empty());
}

TEST_F(SettingsTest, a_flag_wins_over_the_environment_and_that_over_the_file) {
  write("[http]\nport = 1001\nworkers = 2\n[library]\nregion = \"442000108\"\n");
  EXPECT_EQ(load_settings({}, {}).port, 1001) << "menpai.toml in the data directory";
  setenv("MENPAI_HTTP_PORT", "1002", 1);
  EXPECT_EQ(load_settings({}, {}).port, 1002);
  const Settings settings = load_settings({}, {{"http.port", "1003"}});
  EXPECT_EQ(settings.port, 1003);
  EXPECT_EQ(settings.workers, 2u);
  EXPECT_EQ(settings.region, "442000108");
}

TEST_F(SettingsTest, a_file_that_was_asked_for_must_be_there) {
  EXPECT_THROW(load_settings(m_dir / "nothing.toml", {}), Error);
  setenv("MENPAI_CONFIG", (m_dir / "nothing.toml").c_str(), 1);
  EXPECT_THROW(load_settings({}, {}), Error);
}

TEST_F(SettingsTest, an_unknown_name_is_refused_with_the_nearest_and_its_place) {
  const std::string message = refusal(write("[http]\n\nprot = 80\n", "a.toml"));
  EXPECT_NE(message.find("http.prot"), std::string::npos) << message;
  EXPECT_NE(message.find("http.port?"), std::string::npos) << message;
  EXPECT_NE(message.find("a.toml, line 3"), std::string::npos) << message;
  EXPECT_NE(refusal({}, {{"library.regoin", "44"}}).find("library.region?"), std::string::npos);
  setenv("MENPAI_HTTP_PROT", "80", 1);
  EXPECT_NE(refusal({}).find("MENPAI_HTTP_PROT"), std::string::npos);
}

TEST_F(SettingsTest, variables_of_scripts_are_none_of_its_business) {
  setenv("MENPAI_URL", "http://127.0.0.1:8080", 1);
  EXPECT_NO_THROW(load_settings({}, {}));
}

TEST_F(SettingsTest, a_value_of_the_wrong_kind_is_refused_with_what_it_must_be) {
  const struct {
    const char* name;
    const char* value;
  } cases[] = {{"http.port", "65536"},
               {"http.port", "-1"},
               {"http.port", "80x"},
               {"http.port", ""},
               {"http.workers", "0"},
               {"log.level", "loud"},
               {"library.region", "44200"},
               {"library.region", "44a0"},
               {"keys.suite", "rot13"},
               {"http.upload_bytes_max", "1"},
               {"http.connections_max", "9999999"}};
  for (const auto& one : cases) {
    EXPECT_NE(refusal({}, {{one.name, one.value}}).find("must be"), std::string::npos) << one.name << " " << one.value;
  }
  EXPECT_NE(refusal(write("[http]\nport = 80.5\n", "b.toml")).find("line 2"), std::string::npos);
}

TEST_F(SettingsTest, a_broken_file_says_where) {
  EXPECT_NE(refusal(write("[http\nport = 1\n", "c.toml")).find("line 1"), std::string::npos);
}

TEST_F(SettingsTest, certificate_and_key_come_together) {
  EXPECT_NE(refusal({}, {{"http.tls_cert", "/x"}}).find("http.tls_key"), std::string::npos);
}

}  // namespace
}  // namespace menpai::app
