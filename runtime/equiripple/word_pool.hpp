// Buffers of words that are used again: their pages stay with the process.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <new>
#include <utility>
#include <vector>

namespace equiripple {
namespace detail {
namespace vectors {

using Word = std::uint64_t;

/// Words that start a line of the cache; not initialised.
struct WordsDeleter {
  void operator()(Word* words) const { ::operator delete (words, std::align_val_t{64}); }
};
using Words = std::unique_ptr<Word[], WordsDeleter>;
inline Words words(std::size_t count) {
  return Words(static_cast<Word*>(::operator new (count * sizeof(Word), std::align_val_t{64})));
}

/// As many buffers as were ever borrowed at a time. Several threads may borrow.
class WordPool {
 public:
  /// A buffer until it is destroyed; not initialised.
  class Loan {
   public:
    Loan(WordPool& pool, std::size_t count) : pool_(pool), buffer_(pool.taken(count)) {}
    ~Loan() { pool_.give(std::move(buffer_)); }
    Loan(const Loan&) = delete;
    Loan& operator=(const Loan&) = delete;
    Word* data() const { return buffer_.data.get(); }

   private:
    friend class WordPool;
    struct Buffer {
      Words data;
      std::size_t count = 0;
    };
    WordPool& pool_;
    Buffer buffer_;
  };

 private:
  Loan::Buffer taken(std::size_t count) {
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      for (Loan::Buffer& buffer : free_) {
        if (buffer.count != count) continue;
        std::swap(buffer, free_.back());
        Loan::Buffer result = std::move(free_.back());
        free_.pop_back();
        return result;
      }
      free_.reserve(++buffers_);  // so that give() needs no memory
    }
    return {words(count), count};
  }
  void give(Loan::Buffer&& buffer) {
    const std::lock_guard<std::mutex> lock(mutex_);
    free_.push_back(std::move(buffer));
  }

  std::mutex mutex_;
  std::size_t buffers_ = 0;
  std::vector<Loan::Buffer> free_;
};

}  // namespace vectors
}  // namespace detail
}  // namespace equiripple
