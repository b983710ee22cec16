using OsDeploy.Api.Agents;
using OsDeploy.Api.Jobs;
using OsDeploy.Server.Jobs;
using OsDeploy.Storage.Documents;
using Xunit;

namespace OsDeploy.Tests.Jobs;

public sealed class JobBoardTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly SetTime _time = new(SampleJobs.Now);
    private DocumentStore _documents;
    private JobBoard _board;

    public JobBoardTests() => (_documents, _board) = Open();

    [Fact]
    public void Jobs_and_batches_are_numbered_and_found_with_or_without_zeros()
    {
        var first = Start("h1", "h2");
        var second = Start("h3");
        Assert.Equal(["0000001", "0000002"], first.Jobs);
        Assert.Equal("0000003", Assert.Single(second.Jobs));
        Assert.Equal("h2", _board.Find("2")?.Host);
        Assert.Equal("h2", _board.Find("0000002")?.Host);
        Assert.Null(_board.Find("2x"));
        Assert.Null(_board.Find("-2"));
        Assert.Equal(2, _board.OfBatch("1").Count);
    }

    [Fact]
    public void The_same_request_starts_once()
    {
        var batch = SampleJobs.Batch();
        var (first, isNew) = _board.Start(batch, JobsFor("h1"));
        var (second, isNewAgain) = _board.Start(batch, JobsFor("h2"));
        Assert.Equal((first.Id, true, false), (second.Id, isNew, isNewAgain));
        Assert.Null(_board.ActiveOf("h2"));
    }

    [Fact]
    public void A_host_has_one_active_job_and_the_second_batch_starts_nothing_at_all()
    {
        Start("h1");
        Assert.Throws<DocumentConflictException>(() => Start("h2", "h1"));
        Assert.Null(_board.ActiveOf("h2"));
        Assert.Single(_board.Active());
    }

    [Fact]
    public void A_batch_ends_with_its_last_job_and_the_hosts_are_free_again()
    {
        var batch = Start("h1", "h2");
        End(batch.Jobs[0]);
        Assert.Null(_board.FindBatch(batch.Id)!.EndedAt);
        End(batch.Jobs[1]);
        Assert.NotNull(_board.FindBatch(batch.Id)!.EndedAt);
        Start("h1", "h2");
    }

    [Fact]
    public void A_retry_takes_the_host_again_unless_it_has_other_work()
    {
        var batch = Start("h1");
        _board.Change("1", job => JobRules.Cancel(job, "anna", _time.GetUtcNow()));
        _board.Change("1", JobRules.Retry);
        Assert.Equal("0000001", _board.ActiveOf("h1")?.Id);
        Assert.Null(_board.FindBatch(batch.Id)!.EndedAt);

        _board.Change("1", job => JobRules.Cancel(job, "anna", _time.GetUtcNow()));
        Start("h1");
        var refusal = Assert.Throws<UserErrorException>(() => _board.Change("1", JobRules.Retry));
        Assert.Equal("host-has-job", refusal.Code);
        Assert.Equal(JobState.Ended, _board.Find("1")!.State);
    }

    [Fact]
    public void What_is_left_of_a_window_survives_a_restart_and_a_clock_that_jumps()
    {
        Start("h1");
        _board.Live.Open(_board.Find("1")! with { WindowLeft = 100 });
        _board.KeepWindows();
        _time.Pass(TimeSpan.FromDays(3650));
        Reopen();
        Assert.InRange(_board.Live.LeftOf(_board.Find("1")!).TotalSeconds, 90, 100);
    }

    [Fact]
    public void Lines_of_a_log_come_once_and_in_order_however_often_they_are_reported()
    {
        Start("h1", "h2");
        _board.Log.Append("0000001", 1, ["one", "two"]);
        _board.Log.Append("0000001", 2, ["two again", "three"]);
        _board.Log.Append("0000002", 1, ["other"]);
        _board.Log.Append("0000001", 4, ["four\u001b[2J"]);
        _board.Log.Note("0000001", "of the server");
        Assert.Equal(["one", "two", "three", "four?[2J", "of the server"], _board.Log.Read("0000001", 0).Select(line => line.Text));
        Assert.Equal([3, 4, 5], _board.Log.Read("0000001", 2).Select(line => line.Number));
        Assert.Empty(_board.Log.Read("0000001", 5));
    }

    [Fact]
    public void A_host_that_babbles_fills_no_disk()
    {
        Start("h1");
        _board.Log.Append("0000001", 1, [.. Enumerable.Repeat("x", JobLog.MaxLines + 500)]);
        var lines = _board.Log.Read("0000001", 0);
        Assert.Equal(JobLog.MaxLines, lines.Count);
        Assert.Contains("full", lines[^1].Text, StringComparison.Ordinal);
        _board.Log.Append("0000001", 6000, ["more"]);
        Assert.Equal(JobLog.MaxLines, _board.Log.Read("0000001", 0).Count);
    }

    /// <summary>Whatever operators and hosts do, in whatever order: a host never has two jobs, and what ended stays as it ended.</summary>
    [Fact]
    public void Random_histories_never_give_a_host_two_jobs() => Seeded.Cases(20, random =>
    {
        for (var step = 0; step < 60; step++)
        {
            Try(() => Act(random));
            if (random.Next(15) == 0)
            {
                Reopen();
            }

            var active = _board.Newest(1000).Where(JobRules.IsActive).ToList();
            Assert.Equal(active.Count, active.DistinctBy(job => job.Host).Count());
            Assert.Equal(active.Select(job => job.Id).Order(), _board.Active().Select(job => job.Id).Order());
            Assert.All(_board.Newest(1000), job => Assert.Equal(job.State == JobState.Ended, job.Outcome is not null));
            Assert.All(_board.NewestBatches(1000), batch => Assert.Equal(batch.EndedAt is null, _board.OfBatch(batch.Id).Any(JobRules.IsActive)));
        }
    });

    public void Dispose()
    {
        _documents.Dispose();
        _folder.Dispose();
    }

    private void Act(Random random)
    {
        var jobs = _board.Newest(1000);
        var job = jobs.Count > 0 ? jobs[random.Next(jobs.Count)].Id : null;
        var host = "h" + random.Next(4);
        switch (job is null ? 0 : random.Next(6))
        {
            case 0:
                Start(host);
                break;
            case 1:
                _board.Change(job!, known => JobRules.Cancel(known, "anna", _time.GetUtcNow()));
                break;
            case 2:
                _board.Change(job!, known => known.State == JobState.Waiting ? JobRules.Claim(known, "a", _time.GetUtcNow()) : null);
                break;
            case 3:
                _board.Change(job!, known => known.State == JobState.Running ? JobRules.End(known, new JobEnd(JobOutcome.Verified, null, null, null), _time.GetUtcNow()) : null);
                break;
            case 4:
                _board.Change(job!, known => known is { State: JobState.Ended } or { State: JobState.Frozen } ? JobRules.Retry(known) : null);
                break;
            default:
                _board.Change(job!, known => known.State == JobState.Running ? JobRules.Freeze(known) : null);
                break;
        }
    }

    private static void Try(Action act)
    {
        try
        {
            act();
        }
        catch (DocumentConflictException)
        {
            // A second job for a host.
        }
        catch (UserErrorException)
        {
            // The same, by a retry.
        }
    }

    private Batch Start(params string[] hosts) => _board.Start(SampleJobs.Batch(Guid.NewGuid().ToString("N")), JobsFor(hosts)).Batch;

    private static Func<string, Func<string>, IReadOnlyList<Job>> JobsFor(params string[] hosts) =>
        (batch, nextId) => [.. hosts.Select(host => SampleJobs.Of(id: nextId(), host: host, batch: batch))];

    private void End(string id)
    {
        _board.Change(id, job => JobRules.Claim(job, "a1", _time.GetUtcNow()));
        _board.Change(id, job => JobRules.End(job, new JobEnd(JobOutcome.Verified, null, null, null), _time.GetUtcNow()));
    }

    private (DocumentStore, JobBoard) Open()
    {
        var documents = DocumentStore.Open(_folder["documents.db"], [], _time);
        return (documents, new JobBoard(documents, _time));
    }

    private void Reopen()
    {
        _documents.Dispose();
        (_documents, _board) = Open();
    }
}
