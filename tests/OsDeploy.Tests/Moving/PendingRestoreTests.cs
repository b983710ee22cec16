using OsDeploy.Server.Moving;
using Xunit;

namespace OsDeploy.Tests.Moving;

/// <summary>A restore is cut at each of its steps, as by a power cut, and the next start finishes or forgets it.</summary>
public sealed class PendingRestoreTests : IDisposable
{
    private static readonly string[] s_old = ["documents.db=old", "documents.db-wal=old log", "secret.key=old key", "appliance.key=old key", "hooks/check=old hook", "contents/shared=same"];

    private static readonly string[] s_new =
        ["documents.db=new", "secret.key=new key", "appliance.key=new key", "hooks/before-batch=new hook", "contents/shared=same", "contents/fresh=new", "restored-versions/image/lab/current=version"];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Cut_at_any_step_it_is_either_old_or_new()
    {
        var (steps, isOver) = (0, false);
        for (; !isOver; steps++)
        {
            Fill(s_old);
            var isCommitted = Cut(steps, () => isOver = true);
            new PendingRestore(_folder.Path).Finish();

            Assert.Equal(isCommitted ? s_new.Order() : s_old.Order(), Kept());
            Assert.Equal(isCommitted, new PendingRestore(_folder.Path).IsUnproved);
            new PendingRestore(_folder.Path).Prove();
            Assert.Equal((isCommitted ? s_new : s_old).Order(), Kept());
        }

        Assert.True(steps > 10, $"only {steps} steps");
    }

    [Fact]
    public void Cut_again_and_again_on_the_way_in_and_on_the_way_back_nothing_is_lost()
    {
        for (var cut = 0; cut < 20; cut++)
        {
            Fill(s_old);
            var restore = new PendingRestore(_folder.Path);
            restore.Begin(Draft);
            Repeat(cut, step => new PendingRestore(_folder.Path, step).Finish());
            Assert.Equal(s_new.Order(), Kept());
            Assert.True(restore.IsUnproved);
            File.WriteAllText(_folder["documents.db-wal"], "log of what was restored");

            var hasBegun = false;
            Repeat(cut, step =>
            {
                var back = new PendingRestore(_folder.Path, step);
                if (hasBegun)
                {
                    back.Finish();
                }
                else
                {
                    hasBegun = true;
                    back.TakeBack();
                }
            });

            Assert.Equal(s_old.Append("contents/fresh=new").Order(), Kept()); // a file by its content harms nobody
            Assert.False(restore.IsUnproved);
        }
    }

    [Fact]
    public void Where_there_were_no_hooks_there_are_none_after_it_is_taken_back()
    {
        Fill([.. s_old.Where(line => !line.StartsWith("hooks", StringComparison.Ordinal))]);
        var restore = new PendingRestore(_folder.Path);
        restore.Begin(Draft);
        restore.Finish();
        restore.TakeBack();

        Assert.DoesNotContain(Kept(), line => line.StartsWith("hooks", StringComparison.Ordinal));
    }

    // Cuts once at a step, then at the next one, and so on, until it is done.
    private static void Repeat(int first, Action<Action> work)
    {
        for (var cut = first; ; cut++)
        {
            var left = cut;
            try
            {
                work(() => ThrowAt(ref left));
                return;
            }
            catch (CutException)
            {
                Assert.True(cut < first + 100, "it never ends");
            }
        }
    }

    /// <returns>Whether the commit point was reached.</returns>
    private bool Cut(int at, Action over)
    {
        var left = at;
        try
        {
            var restore = new PendingRestore(_folder.Path, () => ThrowAt(ref left));
            restore.Begin(Draft);
            restore.Finish();
            over();
        }
        catch (CutException)
        {
        }

        return at > 0;
    }

    private static void ThrowAt(ref int left)
    {
        if (left-- == 0)
        {
            throw new CutException();
        }
    }

    private static void Draft(string folder)
    {
        foreach (var line in s_new)
        {
            Write(folder, line);
        }
    }

    private void Fill(IEnumerable<string> lines)
    {
        Directory.Delete(_folder.Path, recursive: true);
        Directory.CreateDirectory(_folder.Path);
        foreach (var line in lines)
        {
            Write(_folder.Path, line);
        }
    }

    private static void Write(string folder, string line)
    {
        var parts = line.Split('=');
        var path = Path.Combine(folder, parts[0]);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, parts[1]);
    }

    // What a daemon would find; not what waits to be thrown away.
    private IEnumerable<string> Kept() => Directory.GetFiles(_folder.Path, "*", SearchOption.AllDirectories)
        .Select(file => (Name: Path.GetRelativePath(_folder.Path, file), Text: File.ReadAllText(file)))
        .Where(file => file.Name != "documents.db.lock" && !file.Name.StartsWith(PendingRestore.Before, StringComparison.Ordinal))
        .Select(file => $"{file.Name}={file.Text}").Order();

    private sealed class CutException : Exception;
}
