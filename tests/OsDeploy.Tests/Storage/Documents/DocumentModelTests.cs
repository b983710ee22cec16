using System.Text;
using OsDeploy.Storage.Documents;
using Xunit;

namespace OsDeploy.Tests.Storage.Documents;

/// <summary>Random calls do to the store what they do to a dictionary.</summary>
public sealed class DocumentModelTests : IDisposable
{
    private static readonly string[] s_ids = ["", "a", "b", "ab", "A", "z\0z", "ä", "\uFFFD", "\U0001F5A5", "' or 1=1 --", "%", "\"", "../x"];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Random_calls_do_what_they_do_to_a_dictionary() => Seeded.Cases(30, random =>
    {
        using var run = new ModelRun(_folder[$"{random.Next():x}.db"], random);
        for (var i = 0; i < 150; i++)
        {
            run.Step();
        }

        run.AssertEqual();
    });

    private sealed class ModelRun(string path, Random random) : IDisposable
    {
        private readonly SetTime _clock = new();
        private Dictionary<string, Stored<Note>> _model = [];
        private List<DocumentChange> _expected = [];
        private readonly List<DocumentChange> _heard = [];
        private DocumentStore? _store;
        private Collection<Note>? _notes;

        public void Step()
        {
            Reopen(random.Next(40) == 0);
            switch (random.Next(8))
            {
                case 0:
                    TransactThatMayFail();
                    break;
                case 1:
                    AssertEqual();
                    break;
                default:
                    Change();
                    break;
            }
        }

        public void AssertEqual()
        {
            var sorted = _model.OrderBy(entry => Convert.ToHexString(Encoding.UTF8.GetBytes(entry.Key)), StringComparer.Ordinal).ToList();
            Assert.Equal(sorted.Select(entry => entry.Value), _notes!.FindAll());
            Assert.Equal(_model.Count, _notes.Count());
            Assert.Equal(_expected, _heard);
            Assert.All(s_ids, id => Assert.Equal(_model.TryGetValue(id, out var known) ? known : null, _notes.FindById(id)));
            var text = TextOf();
            Assert.Equal(sorted.Select(entry => entry.Value).Where(stored => stored.Value.Text == text), _notes.Where("text", text));
            AssertPages([.. sorted.Select(entry => entry.Value)]);
            Assert.Empty(_store!.Check());
        }

        public void Dispose() => _store?.Dispose();

        private void AssertPages(List<Stored<Note>> sorted)
        {
            var (isDescending, size) = (random.Next(2) == 0, random.Next(1, 5));
            var seen = new List<Stored<Note>>();
            for (var page = _notes!.Page(null, size, isDescending); page.Count > 0; page = _notes.Page(page[^1].Value.Id, size, isDescending))
            {
                Assert.InRange(page.Count, 1, size);
                seen.AddRange(page);
            }

            if (isDescending)
            {
                seen.Reverse();
            }

            Assert.Equal(sorted, seen);
        }

        private void Reopen(bool anew)
        {
            if (_store is not null && !anew)
            {
                return;
            }

            _store?.Dispose();
            _store = DocumentStore.Open(path, [], _clock);
            _store.Changed += (_, change) => _heard.Add(change);
            _notes = NoteJson.In(_store);
            if (random.Next(2) == 0)
            {
                _notes.EnsureIndex("text");
            }
        }

        // Half of them fail at their end, and some hold another one.
        private void TransactThatMayFail()
        {
            var (model, expected) = (new Dictionary<string, Stored<Note>>(_model), new List<DocumentChange>(_expected));
            var fails = random.Next(2) == 0;
            try
            {
                _store!.Transact(() =>
                {
                    for (var i = random.Next(5); i >= 0; i--)
                    {
                        _store.Transact(Change);
                    }

                    Assert.Equal(_model.Count, _notes!.Count());
                    if (fails)
                    {
                        throw new TimeoutException();
                    }
                });
            }
            catch (TimeoutException)
            {
                (_model, _expected) = (model, expected);
            }
        }

        private void Change()
        {
            var id = s_ids[random.Next(1, s_ids.Length)];
            var note = new Note(id, TextOf(), random.Next());
            long? actual = _model.TryGetValue(id, out var known) ? known.Rev : null;
            switch (random.Next(5))
            {
                case 0:
                    Expect(note, actual is null, null, actual, () => _notes!.Insert(note));
                    break;
                case 1:
                    var expected = random.Next(3) == 0 ? random.Next(4) : actual ?? 1;
                    Expect(note, actual == expected, expected, actual, () => _notes!.Update(note, expected));
                    break;
                case 2:
                    Delete(id, actual, random.Next(3) switch { 0 => null, 1 => actual, _ => random.Next(4) });
                    break;
                default:
                    Expect(note, true, null, actual, () => _notes!.Upsert(note));
                    break;
            }
        }

        private void Expect(Note note, bool succeeds, long? expected, long? actual, Func<Stored<Note>> write)
        {
            if (!succeeds)
            {
                AssertConflict(note.Id, expected, actual, () => write());
                return;
            }

            _model[note.Id] = new Stored<Note>(note, (actual ?? 0) + 1);
            _expected.Add(new DocumentChange("note", note.Id, (actual ?? 0) + 1, IsDeleted: false));
            Assert.Equal(_model[note.Id], write());
        }

        private void Delete(string id, long? actual, long? expected)
        {
            if (actual is { } rev && (expected ?? rev) == rev)
            {
                _model.Remove(id);
                _expected.Add(new DocumentChange("note", id, rev, IsDeleted: true));
                Assert.True(_notes!.Delete(id, expected));
            }
            else if (actual is null)
            {
                Assert.False(_notes!.Delete(id, expected));
            }
            else
            {
                AssertConflict(id, expected, actual, () => _notes!.Delete(id, expected));
            }
        }

        private static void AssertConflict(string id, long? expected, long? actual, Action write)
        {
            var conflict = Assert.Throws<DocumentConflictException>(write);
            Assert.Equal(("note", id, expected, actual), (conflict.Collection, conflict.Id, conflict.Expected, conflict.Actual));
        }

        private string TextOf() => s_ids[random.Next(s_ids.Length)];
    }
}
