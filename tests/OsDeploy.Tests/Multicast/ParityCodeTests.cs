using OsDeploy.Multicast;
using Xunit;

namespace OsDeploy.Tests.Multicast;

public sealed class ParityCodeTests
{
    [Fact]
    public void The_field_is_one()
    {
        for (var a = 1; a < 256; a++)
        {
            Assert.Equal(1, GaloisField.Multiply((byte)a, GaloisField.Invert((byte)a)));
            Assert.Equal(a, GaloisField.Multiply((byte)a, 1));
            Assert.Equal(0, GaloisField.Multiply((byte)a, 0));
            for (var b = 1; b < 256; b++)
            {
                Assert.Equal(GaloisField.Multiply((byte)b, (byte)a), GaloisField.Multiply((byte)a, (byte)b));
                Assert.Equal(Slowly((byte)a, (byte)b), GaloisField.Multiply((byte)a, (byte)b));
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(33)]
    [InlineData(1441)]
    public void Many_bytes_at_once_are_as_one_after_the_other(int length)
    {
        var random = new Random(4711);
        for (var factor = 0; factor < 256; factor++)
        {
            var (source, sum) = (TestStream.Bytes(random, length), TestStream.Bytes(random, length));
            var expected = sum.Zip(source, (a, b) => (byte)(a ^ GaloisField.Multiply((byte)factor, b))).ToArray();

            GaloisField.MultiplyAdd((byte)factor, source, sum);

            Assert.Equal(expected, sum);
        }
    }

    [Fact]
    public void Any_fragments_that_are_enough_give_the_frame()
    {
        var seed = Random.Shared.Next();
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        var random = new Random(seed);
        for (var run = 0; run < 200; run++)
        {
            var frame = TestStream.Bytes(random, random.Next(1, run % 20 == 0 ? FragmentPlan.MaxFrameLength : 300_000));
            var plan = FragmentPlan.For(frame.Length);
            var lost = random.Next(0, Math.Min(plan.ContentOf(plan.Blocks - 1), 12) + 1);
            var parts = new FrameParts();
            parts.Begin(plan);
            foreach (var fragment in Shuffled(random, [.. Enumerable.Range(0, plan.Blocks).SelectMany(block => Kept(random, plan, block, lost))]))
            {
                Assert.False(parts.IsComplete);
                Assert.True(parts.Wants(fragment));
                FragmentOf(frame, plan, fragment).CopyTo(parts.PlaceOf(fragment));
                parts.Keep(fragment);
                Assert.False(parts.Wants(fragment));
            }

            Assert.True(parts.IsComplete);
            parts.Finish();
            Assert.True(frame.AsSpan().SequenceEqual(parts.Frame.Span), $"run {run}, {plan}, lost {lost}");
        }
    }

    [Fact]
    public void Fragments_of_any_frame_cover_it_and_fit_the_wire()
    {
        foreach (var length in Enumerable.Range(1, 5000).Concat(Enumerable.Range(1, 4000).Select(i => i * 1049)).Append(FragmentPlan.MaxFrameLength))
        {
            var plan = FragmentPlan.For(length);
            Assert.True(plan.Size <= FragmentPlan.MaxSize);
            Assert.True(plan.LengthOf(plan.Count - 1) > 0, $"{plan}");
            Assert.Equal(length, Enumerable.Range(0, plan.Count).Sum(plan.LengthOf));
            Assert.Equal(plan.Count, Enumerable.Range(0, plan.Blocks).Sum(plan.ContentOf));
            Assert.True(Enumerable.Range(0, plan.Blocks).All(block => plan.ContentOf(block) <= FragmentPlan.MaxBlock));
            Assert.True(plan.Count + (plan.Blocks * FragmentPlan.MaxParity) <= ushort.MaxValue);
        }
    }

    // Some of the content of a block and as much parity, so that they are just enough.
    private static IEnumerable<int> Kept(Random random, FragmentPlan plan, int block, int lost)
    {
        var content = Enumerable.Range(0, plan.ContentOf(block)).Select(member => (member * plan.Blocks) + block).ToArray();
        var rows = Shuffled(random, [.. Enumerable.Range(0, FragmentPlan.MaxParity)]).Take(lost);
        return Shuffled(random, content).Skip(lost).Concat(rows.Select(row => plan.Count + (row * plan.Blocks) + block));
    }

    private static byte[] FragmentOf(byte[] frame, FragmentPlan plan, int fragment)
    {
        if (fragment < plan.Count)
        {
            return frame.AsSpan(fragment * plan.Size, plan.LengthOf(fragment)).ToArray();
        }

        var parity = new byte[plan.Size];
        for (var i = plan.BlockOf(fragment); i < plan.Count; i += plan.Blocks)
        {
            ParityCode.Add(plan.MemberOf(fragment), plan.MemberOf(i), frame.AsSpan(i * plan.Size, plan.LengthOf(i)), parity);
        }

        return parity;
    }

    private static int[] Shuffled(Random random, int[] values)
    {
        random.Shuffle(values);
        return values;
    }

    // By the definition: polynomials over two elements.
    private static byte Slowly(byte a, byte b)
    {
        var product = 0;
        for (var bit = 0; bit < 8; bit++)
        {
            product ^= (b >> bit & 1) * (a << bit);
        }

        for (var bit = 15; bit >= 8; bit--)
        {
            product ^= (product >> bit & 1) * (0x11D << (bit - 8));
        }

        return (byte)product;
    }
}
