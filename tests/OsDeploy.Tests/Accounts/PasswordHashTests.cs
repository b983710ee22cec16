using OsDeploy.Server.Accounts;
using OsDeploy.Tests.Disks;
using Xunit;

namespace OsDeploy.Tests.Accounts;

public sealed class PasswordHashTests
{
    // 36 bytes of salt, 32 of hash.
    private const string Known =
        "pbkdf2-sha256$4096$c2FsdFNBTFRzYWx0U0FMVHNhbHRTQUxUc2FsdFNBTFRzYWx0$NIyJ28vTKy8y2BS4EW6EzysXNH68GAAYHE4qH7jdU+E=";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void The_known_answer_for_the_known_password_matches()
    {
        Assert.True(PasswordHash.TryParse(Known, out var hash));
        Assert.True(hash.Matches("passwordPASSWORDpassword"));
        Assert.False(hash.Matches("passwordPASSWORDpassworD"));
        Assert.Equal(Known, hash.ToString());
    }

    [Fact]
    public void A_password_matches_its_own_hash_and_no_other() => Seeded.Cases(200, random =>
    {
        var (one, other) = (TextOf(random), TextOf(random));
        Assert.True(PasswordHash.TryParse(PasswordHash.Of(one, 2).ToString(), out var read));
        Assert.True(read.Matches(one));
        Assert.Equal(one == other, read.Matches(other));
    });

    [Fact]
    public void The_same_password_is_never_kept_as_the_same_text() =>
        Assert.NotEqual(PasswordHash.Of("correct horse battery", 2).ToString(), PasswordHash.Of("correct horse battery", 2).ToString());

    [Theory]
    [InlineData("")]
    [InlineData("correct horse battery")]
    [InlineData("$1$abc$def")]
    [InlineData("pbkdf2-sha256$0$c2FsdFNBTFRzYWx0U0FMVHNhbHQ=$NIyJ28vTKy8y2BS4EW6EzysXNH68GAAYHE4qH7jdU+E=")] // no iterations
    [InlineData("pbkdf2-sha256$-1$c2FsdFNBTFRzYWx0U0FMVHNhbHQ=$NIyJ28vTKy8y2BS4EW6EzysXNH68GAAYHE4qH7jdU+E=")]
    [InlineData("pbkdf2-sha256$999999999$c2FsdFNBTFRzYWx0U0FMVHNhbHQ=$NIyJ28vTKy8y2BS4EW6EzysXNH68GAAYHE4qH7jdU+E=")] // minutes
    [InlineData("pbkdf2-sha256$4096$c2FsdA==$NIyJ28vTKy8y2BS4EW6EzysXNH68GAAYHE4qH7jdU+E=")] // short salt
    [InlineData("pbkdf2-sha256$4096$c2FsdFNBTFRzYWx0U0FMVHNhbHQ=$")] // empty hash: would match with nothing
    [InlineData("pbkdf2-sha1$4096$c2FsdFNBTFRzYWx0U0FMVHNhbHQ=$NIyJ28vTKy8y2BS4EW6EzysXNH68GAAYHE4qH7jdU+E=")]
    public void A_text_that_is_no_hash_is_refused(string text) => Assert.False(PasswordHash.TryParse(text, out _));

    [Fact]
    public void A_damaged_hash_is_refused_or_is_one() => TextMutation.Fuzz(Known, text =>
    {
        if (PasswordHash.TryParse(text, out var hash))
        {
            Assert.InRange(hash.Iterations, 1, 100_000_000);
        }
    });

    [Fact]
    public async Task Nothing_matches_where_there_is_no_account()
    {
        var passwords = new Passwords(1);
        Assert.False(await passwords.MatchesAsync(null, "", Cancel));
        Assert.False(await passwords.MatchesAsync(null, "correct horse battery", Cancel));
    }

    [Fact]
    public async Task Older_parameters_are_outdated_and_match_all_the_same()
    {
        var passwords = new Passwords(10);
        var old = PasswordHash.Of("correct horse battery", 3);
        Assert.True(passwords.IsOutdated(old));
        Assert.True(await passwords.MatchesAsync(old, "correct horse battery", Cancel));
        Assert.False(await passwords.MatchesAsync(old, "correct horse", Cancel));
        Assert.False(passwords.IsOutdated(await passwords.HashAsync("correct horse battery", Cancel)));
    }

    [Fact]
    public async Task Passwords_are_kept_with_six_hundred_thousand_iterations() => Assert.StartsWith(
        "pbkdf2-sha256$600000$", (await new Passwords(PasswordHash.UsualIterations).HashAsync("correct horse battery", Cancel)).ToString(), StringComparison.Ordinal);

    [Fact]
    public async Task Two_pieces_of_work_run_at_once_and_the_third_waits()
    {
        var few = new FewAtOnce(2);
        using var bothRun = new CountdownEvent(2);
        using var end = new ManualResetEventSlim();
        var running = Enumerable.Range(0, 2).Select(_ => Task.Run(() => few.RunAsync(() => bothRun.Signal() | Wait(end), Cancel), Cancel)).ToList();
        bothRun.Wait(Cancel);
        var third = few.RunAsync(() => true, Cancel);
        Assert.False(third.IsCompleted);
        using var impatient = new CancellationTokenSource();
        var fourth = few.RunAsync(() => true, impatient.Token);
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => fourth);
        end.Set();
        await Task.WhenAll(running);
        Assert.True(await third);

        static bool Wait(ManualResetEventSlim end)
        {
            end.Wait(Cancel);
            return true;
        }
    }

    private static string TextOf(Random random) => new([.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => "aAbä€ "[random.Next(6)])]);
}
