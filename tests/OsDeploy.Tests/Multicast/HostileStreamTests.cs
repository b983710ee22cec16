using OsDeploy.Multicast;
using OsDeploy.Tests.Daemons;
using Xunit;

namespace OsDeploy.Tests.Multicast;

/// <summary>Whatever comes by the network: what is right arrives, and nothing else does.</summary>
public sealed class HostileStreamTests
{
    private static readonly int[] s_lengths = [1, 1441, 1442, 100_000, 180_000, 262_144 + 1000];

    [Fact]
    public void Chunks_come_through_as_they_were_sent()
    {
        using var stream = new TestStream(1, s_lengths);
        using var intake = stream.NewIntake();
        SendAll(stream, parity: 0);

        intake.TakeAndWrite(stream.Datagrams);

        Assert.Equal((0, 0), (intake.Needs.Missing, intake.Wrong));
        Assert.All(stream.Datagrams, datagram => Assert.True(datagram.Length <= 1472));
        var report = intake.Tally.Take(0, null);
        Assert.Equal((stream.Datagrams.Count, 0, stream.Datagrams.Sum(one => one.Length)), (report.Received, report.Lost, report.Bytes));
    }

    [Theory]
    [InlineData(0.01, 8)]
    [InlineData(0.05, 24)]
    [InlineData(0.20, 70)]
    public void Loss_is_repaired_by_parity_and_counted(double loss, int parity)
    {
        using var stream = new TestStream(2, [.. Enumerable.Repeat(150_000, 40)]);
        using var intake = stream.NewIntake();
        SendAll(stream, parity);
        var random = new Random(3);

        intake.TakeAndWrite(stream.Datagrams.Where(_ => random.NextDouble() >= loss));

        Assert.Equal((0, 0), (intake.Needs.Missing, intake.Wrong));
        var report = intake.Tally.Take(0, null);
        Assert.InRange((double)report.Lost / (report.Lost + report.Received), loss * 0.7, (loss * 1.3) + 0.001);
    }

    [Fact]
    public void Order_doubles_and_torn_datagrams_do_no_harm()
    {
        var seed = Random.Shared.Next();
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        var random = new Random(seed);
        using var stream = new TestStream(seed, s_lengths);
        using var intake = stream.NewIntake(room: 32);
        SendAll(stream, parity: 4);
        var wild = stream.Datagrams.SelectMany(one => Variants(random, one)).ToArray();
        random.Shuffle(wild);

        intake.TakeAndWrite(wild);

        Assert.Equal((0, 0), (intake.Needs.Missing, intake.Wrong));
    }

    [Fact]
    public void A_stranger_with_the_same_carousel_id_is_not_heard()
    {
        using var stream = new TestStream(5, s_lengths);
        using var rogue = new TestStream(6, s_lengths);
        using var intake = stream.NewIntake();
        SendAll(rogue, parity: 2);
        SendAll(stream, parity: 0);

        intake.TakeAndWrite(rogue.Datagrams);

        Assert.Equal(s_lengths.Length, intake.Needs.Missing);
        Assert.Equal(0, intake.Wrong);
        intake.TakeAndWrite(stream.Datagrams.Zip(rogue.Datagrams).SelectMany(pair => new[] { pair.Second, pair.First }));
        Assert.Equal((0, 0), (intake.Needs.Missing, intake.Wrong));
    }

    [Fact]
    public void An_earlier_session_played_again_is_not_heard()
    {
        using var stream = new TestStream(7, s_lengths);
        using var intake = stream.NewIntake(key: TestStream.Bytes(new Random(8), DatagramSeal.KeySize));
        SendAll(stream, parity: 2);

        intake.TakeAndWrite(stream.Datagrams);

        Assert.Equal(s_lengths.Length, intake.Needs.Missing);
        Assert.True(intake.Tally.Take(0, null).Received < stream.Datagrams.Count / 2);
    }

    [Fact]
    public void A_datagram_is_for_its_chunk_alone()
    {
        using var stream = new TestStream(9, 5000, 5000);
        using var intake = stream.NewIntake();
        stream.Send(0, parity: 0);
        foreach (var datagram in stream.Datagrams)
        {
            datagram[13] = 1; // the number of the other chunk
        }

        intake.TakeAndWrite(stream.Datagrams);

        Assert.Equal((2, 0), (intake.Needs.Missing, intake.Wrong));
    }

    [Fact]
    public void What_finds_no_room_is_dropped_and_taken_the_next_time()
    {
        using var stream = new TestStream(10, [.. Enumerable.Repeat(20_000, 20)]);
        using var intake = stream.NewIntake(room: 4);
        SendAll(stream, parity: 0);

        intake.Take(stream.Datagrams);

        Assert.Equal(2, intake.Write());
        Assert.Equal(18 * FragmentPlan.For(20_000).Count, intake.Tally.Take(0, null).Overrun);
        for (var turn = 0; turn < 9; turn++)
        {
            intake.Take(stream.Datagrams);
            Assert.Equal(2, intake.Write());
        }

        Assert.Equal(0, intake.Needs.Missing);
    }

    [Fact]
    public void A_stream_that_is_joined_anew_has_the_room_of_the_one_before()
    {
        using var stream = new TestStream(15, [.. Enumerable.Repeat(20_000, 6)]);
        using var intake = stream.NewIntake(room: 4);
        SendAll(stream, parity: 0);
        for (var turn = 0; turn < 5; turn++)
        {
            intake.Take(stream.Datagrams.Where((_, i) => i % 2 == 0)); // all are begun, none comes whole
            intake.JoinAnew();
        }

        intake.TakeAndWrite(stream.Datagrams);

        Assert.Equal(0, intake.Needs.Missing);
    }

    [Fact]
    public void A_datagram_played_again_and_again_keeps_no_dry_stream_alive()
    {
        var clock = new DaemonClock();
        var tally = new StreamTally(clock);
        tally.Opened(100, 1472);
        clock.Pass(TimeSpan.FromSeconds(9));
        tally.Opened(100, 1472);
        tally.Seen(101, 1472);
        tally.Seen(101, 1472);

        Assert.Equal(TimeSpan.FromSeconds(9), tally.Silence);
        Assert.Equal(2, tally.Take(0, null).Received);
    }

    [Fact]
    public void Chunks_that_are_not_needed_cost_no_room_and_still_tell_the_loss()
    {
        using var stream = new TestStream(11, [.. Enumerable.Repeat(150_000, 30)]);
        using var intake = stream.NewIntake(room: 2);
        for (var number = 0; number < 30; number++)
        {
            intake.Needs.Finish(number);
        }

        SendAll(stream, parity: 0);
        intake.Take(stream.Datagrams.Where((_, i) => i % 10 != 0));

        var report = intake.Tally.Take(0, null);
        Assert.InRange((double)report.Lost / (report.Lost + report.Received), 0.06, 0.14);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, true)]
    [InlineData(8, false)]
    public void Nothing_wrong_is_ever_put_together(int bytesOfHeader, bool isForeign)
    {
        var random = new Random(12 + bytesOfHeader);
        using var stream = new TestStream(13, s_lengths);
        using var intake = stream.NewIntake();
        SendAll(stream, parity: 1);
        for (var i = 0; i < 20_000; i++)
        {
            var datagram = TestStream.Bytes(random, random.Next(0, 1600));
            var model = stream.Datagrams[random.Next(stream.Datagrams.Count)];
            model.AsSpan(0, Math.Min(isForeign ? bytesOfHeader : DatagramHeader.Size, datagram.Length)).CopyTo(datagram);
            intake.TakeAndWrite([datagram]);
        }

        Assert.Equal((s_lengths.Length, 0), (intake.Needs.Missing, intake.Wrong));
    }

    private static void SendAll(TestStream stream, int parity)
    {
        for (var number = 0; number < stream.Table.Count; number++)
        {
            stream.Send(number, parity);
        }
    }

    // The datagram twice, and copies that were cut, lengthened and changed in one bit.
    private static IEnumerable<byte[]> Variants(Random random, byte[] datagram)
    {
        var changed = datagram.ToArray();
        changed[random.Next(changed.Length)] ^= (byte)(1 << random.Next(8));
        return [datagram, datagram.ToArray(), changed, datagram[..random.Next(datagram.Length)], [.. datagram, .. TestStream.Bytes(random, random.Next(1, 2000))]];
    }
}
