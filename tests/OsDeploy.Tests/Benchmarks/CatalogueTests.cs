using OsDeploy.Benchmarks.Lines;
using OsDeploy.Benchmarks.Trials;
using OsDeploy.Benchmarks.Volumes;
using Xunit;

namespace OsDeploy.Tests.Benchmarks;

public sealed class CatalogueTests
{
    private static readonly IReadOnlyList<Trial> s_trials = Catalogue.All(quick: false);

    [Fact]
    public void Every_line_has_a_name_of_its_own()
    {
        var names = s_trials.SelectMany(trial => trial.Lines).Select(line => line.Name).ToList();
        Assert.Equal(names.Distinct(), names);
    }

    [Fact]
    public void Every_line_names_contenders_that_run_in_its_trial()
    {
        foreach (var trial in s_trials)
        {
            var running = trial.Contenders.Select(contender => contender.Name).Append(Line.UsedData).ToHashSet();
            Assert.All(trial.Lines, line => Assert.Contains(line.Contender, running));
            Assert.All(trial.Lines, line => Assert.Contains(line.Peer ?? line.Contender, running));
        }
    }

    [Fact]
    public void Every_restore_finds_the_image_it_restores()
    {
        foreach (var trial in s_trials)
        {
            var taken = (trial.Images ?? []).Select(capture => capture.Name).ToHashSet();
            Assert.All(trial.Contenders.Select(contender => contender.Image).OfType<string>(), image => Assert.Contains(image, taken));
        }
    }

    [Fact]
    public void A_contender_with_a_goal_runs_in_every_round()
    {
        foreach (var trial in s_trials)
        {
            var judged = trial.Lines.Where(line => line.Goal is not null).SelectMany(line => new[] { line.Contender, line.Peer }).ToHashSet();
            Assert.All(trial.Contenders.Where(contender => judged.Contains(contender.Name)), contender => Assert.False(contender.IsRunOnce));
        }
    }

    [Fact]
    public void A_contender_that_leaves_a_program_running_ends_it()
    {
        var background = s_trials.SelectMany(trial => trial.Contenders.Concat(trial.Images ?? []))
            .Where(contender => contender.Before?.Contains("$DAEMON/", StringComparison.Ordinal) == true)
            .ToList();
        Assert.NotEmpty(background);
        Assert.All(background, contender => Assert.Contains("end \"$DAEMON/pid\"", contender.After, StringComparison.Ordinal));
    }

    [Fact]
    public void A_line_about_a_room_reads_a_contender_that_simulates_one()
    {
        Quantity[] ofRooms = [Quantity.PollP50, Quantity.PollP99, Quantity.DaemonMemory, Quantity.Verified, Quantity.LostCalls, Quantity.RestoreTime, Quantity.Together];
        foreach (var trial in s_trials)
        {
            var read = trial.Lines.Where(line => ofRooms.Contains(line.Quantity)).SelectMany(line => new[] { line.Contender, line.Peer }).OfType<string>().ToHashSet();
            Assert.All(trial.Contenders.Where(contender => read.Contains(contender.Name)), contender => Assert.Contains("\"$BENCH\" room ", contender.Script, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void A_line_about_a_room_of_real_programs_reads_a_contender_that_fills_disks()
    {
        Quantity[] ofPrograms =
        [
            Quantity.ToDisk, Quantity.DiskShareOfLink, Quantity.WriteShareOfLink, Quantity.HealthyTime, Quantity.LastTime, Quantity.HostsVerified, Quantity.SenderCpu, Quantity.HostCpu,
            Quantity.EachHost,
        ];
        var rooms = s_trials.Where(trial => trial.Lines.Any(line => ofPrograms.Contains(line.Quantity))).ToList();
        Assert.NotEmpty(rooms);
        Assert.All(rooms, trial => Assert.All(trial.Lines, line => Assert.Contains(line.Quantity, ofPrograms)));
        Assert.All(rooms, trial => Assert.True(trial.Hosts > 1));
        Assert.All(rooms.SelectMany(trial => trial.Contenders), contender => Assert.Matches("\"\\$BENCH\" (streamed-room|udpcast-disks) ", contender.Script));
    }

    [Fact]
    public void A_line_about_screens_reads_a_contender_that_has_a_terminal()
    {
        Quantity[] ofScreens =
        [
            Quantity.LiveTable, Quantity.KeyTime, Quantity.KeyBytes, Quantity.FirstScreen, Quantity.ColdScreen, Quantity.Login, Quantity.Resident, Quantity.ManyPage, Quantity.ManyFilter,
            Quantity.ManyResident, Quantity.Frame,
        ];
        foreach (var trial in s_trials.Where(trial => trial.Lines.Any(line => ofScreens.Contains(line.Quantity))))
        {
            Assert.All(trial.Contenders, contender => Assert.Contains("\"$BENCH\" screens ", contender.Script, StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Volumes_that_differ_are_kept_in_different_folders(bool quick)
    {
        var volumes = Catalogue.All(quick).Select(trial => trial.Volume).OfType<VolumeRecipe>().Distinct().ToList();
        Assert.Distinct(volumes.Select(VolumeMaker.FolderNameOf));
    }
}
