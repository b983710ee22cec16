using OsDeploy.Api.Accounts;
using OsDeploy.Server.Accounts;
using Xunit;

namespace OsDeploy.Tests.Accounts;

public sealed class AuditLogTests : IDisposable
{
    private readonly TestAccounts _accounts = new();

    private AuditLog Log => _accounts.Audit;

    public void Dispose() => _accounts.Dispose();

    [Fact]
    public void Lines_are_numbered_and_come_newest_first()
    {
        Write(_accounts, 25);
        Assert.Null(Log.Verify());
        var page = Log.Page(before: null, count: 10);
        Assert.Equal(Enumerable.Range(16, 10).Reverse().Select(i => (long)i), page.Lines.Select(line => line.Number));
        Assert.Null(page.BrokenAt);
        page = Log.Page(before: 16, count: 100);
        Assert.Equal(Enumerable.Range(1, 15).Reverse().Select(i => (long)i), page.Lines.Select(line => line.Number));
        Assert.Null(page.BrokenAt);
        Assert.Equal(new AuditPage([], null).Lines, Log.Page(before: 1, count: 10).Lines);
    }

    [Fact]
    public void The_hash_of_a_line_is_what_it_was_in_the_first_version()
    {
        var line = new AuditLine(1, new DateTimeOffset(2026, 11, 20, 8, 0, 0, TimeSpan.Zero), "operator:anna", "job-start", "r1", "restore", "");
        var first = AuditChain.HashOf(null, line);
        Assert.Equal("4b8e823b069ed6de54c9f37b21153a9d48c6e94a12e0d2bf41a4f66384d1a33d", first);
        Assert.Equal("8321ab5d53944c794bdb89df0faf9989fd00653887fb24b151bfe5b2c3832775", AuditChain.HashOf(line with { Hash = first }, line with { Number = 2 }));
    }

    [Fact]
    public void Any_change_to_any_line_is_found_at_its_number() => Seeded.Cases(40, random =>
    {
        using var accounts = new TestAccounts();
        var count = random.Next(1, 30);
        Write(accounts, count);
        var victim = Lines(accounts)[random.Next(count)];
        Put(accounts, victim.Number, Forge(victim, random));
        Assert.Equal(victim.Number, accounts.Audit.Verify());
        Assert.Equal(victim.Number, accounts.Audit.Page(before: null, count: 1000).BrokenAt);
    });

    [Fact]
    public void A_line_that_was_taken_out_is_found_at_its_number() => Seeded.Cases(20, random =>
    {
        using var accounts = new TestAccounts();
        Write(accounts, 20);
        var gone = random.Next(1, 20); // not the newest: nothing comes after it that would show it
        accounts.Store.GetCollection("audit", AccountJson.Default.AuditLine, line => $"{line.Number:D19}").Delete($"{gone:D19}");
        Assert.Equal(gone, accounts.Audit.Verify());
        Assert.Equal(gone, accounts.Audit.Page(before: null, count: 1000).BrokenAt);
    });

    [Fact]
    public void A_line_forged_with_a_fitting_hash_is_found_at_the_next_one()
    {
        Write(_accounts, 5);
        var lines = Lines(_accounts);
        var forged = lines[2] with { Actor = "operator:berta" };
        Put(_accounts, 3, forged with { Hash = AuditChain.HashOf(lines[1], forged) });
        Assert.Equal(4, Log.Verify());
    }

    [Fact]
    public void A_page_says_whether_its_own_lines_hang_together()
    {
        Write(_accounts, 30);
        Put(_accounts, 12, Lines(_accounts)[11] with { Detail = "nothing happened" });
        Assert.Null(Log.Page(before: null, count: 10).BrokenAt);
        Assert.Equal(12, Log.Page(before: 21, count: 10).BrokenAt);
        Assert.Null(Log.Page(before: 11, count: 10).BrokenAt);
    }

    [Fact]
    public void The_whole_log_is_walked_over_many_pages()
    {
        _accounts.Store.Transact(() => Write(_accounts, (2 * AuditLog.MaxPage) + 3));
        Assert.Null(Log.Verify());
        Put(_accounts, AuditLog.MaxPage + 1, Lines(_accounts)[AuditLog.MaxPage] with { Subject = "x" });
        Assert.Equal(AuditLog.MaxPage + 1, Log.Verify());
    }

    [Fact]
    public void A_line_goes_with_the_transaction_it_belongs_to()
    {
        Write(_accounts, 1);
        Assert.Throws<InvalidOperationException>(() => _accounts.Store.Transact(() =>
        {
            Write(_accounts, 3);
            throw new InvalidOperationException("no");
        }));
        Write(_accounts, 1);
        Assert.Equal([1L, 2L], Lines(_accounts).Select(line => line.Number));
        Assert.Null(Log.Verify());
    }

    [Fact]
    public void Writers_at_the_same_time_make_one_chain()
    {
        Parallel.For(0, 40, i => Log.Append("appliance", "test", $"{i}", ""));
        Assert.Equal(40, Lines(_accounts).Count);
        Assert.Null(Log.Verify());
    }

    [Theory]
    [InlineData(10)]
    [InlineData(-10)]
    public void The_chain_does_not_care_for_the_time(int years)
    {
        Write(_accounts, 2);
        _accounts.Clock.SetWall(_accounts.Clock.GetUtcNow().AddYears(years));
        Write(_accounts, 2);
        _accounts.Restart();
        Assert.Null(Log.Verify());
        Assert.Equal(4, Log.Page(before: null, count: 10).Lines[0].Number);
    }

    [Theory]
    [InlineData("\u001b[2J\u001b]0;title\u0007")]
    [InlineData("a\nb\0c")]
    [InlineData("abc\u202egpj.exe")]
    [InlineData("half \ud83d")]
    public void Only_printable_text_is_kept(string text)
    {
        Log.Append(text, text, text, text);
        var line = Assert.Single(Lines(_accounts));
        Assert.All(new[] { line.Actor, line.Action, line.Subject, line.Detail }, kept => Assert.Equal(OsDeploy.Text.Printable.Of(text), kept));
        Assert.Null(Log.Verify());
    }

    private static void Write(TestAccounts accounts, int count)
    {
        for (var i = 0; i < count; i++)
        {
            accounts.Audit.Append("operator:anna", "test", $"subject {i}", "detail");
        }
    }

    private static List<AuditLine> Lines(TestAccounts accounts) =>
        [.. accounts.Store.GetCollection("audit", AccountJson.Default.AuditLine, line => $"{line.Number:D19}").FindAll().Select(line => line.Value)];

    private static void Put(TestAccounts accounts, long place, AuditLine line) =>
        accounts.Store.GetCollection("audit", AccountJson.Default.AuditLine, _ => $"{place:D19}").Upsert(line);

    private static AuditLine Forge(AuditLine line, Random random) => random.Next(8) switch
    {
        0 => line with { Number = line.Number + 1 },
        1 => line with { At = line.At.AddTicks(1) },
        2 => line with { At = line.At.ToOffset(TimeSpan.FromHours(1)) },
        3 => line with { Actor = "operator:berta" },
        4 => line with { Action = "tes", Subject = "t" + line.Subject }, // the same letters in other fields
        5 => line with { Subject = "" },
        6 => line with { Detail = line.Detail + " " },
        _ => line with { Hash = line.Hash[..^1] + (line.Hash[^1] == '0' ? '1' : '0') },
    };
}
