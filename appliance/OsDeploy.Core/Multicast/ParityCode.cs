namespace OsDeploy.Multicast;

/// <summary>
/// A Reed-Solomon code over the fragments of a block: any as many fragments as there are of content, of content or parity, give the content
/// again. The parity matrix is Cauchy's (J. Blömer and others, An XOR-Based Erasure-Resilient Coding Scheme, 1995): element (row, column) is
/// 1 / (x + y) with x = 255 - row and y = column, all different, so that every square part of it can be inverted.
/// </summary>
public static class ParityCode
{
    /// <summary>Adds what a fragment of content contributes to a parity fragment.</summary>
    /// <param name="parity">Zeros at first; as long as a fragment.</param>
    /// <param name="content">No longer; counts as filled up with zeros.</param>
    public static void Add(int row, int column, ReadOnlySpan<byte> content, Span<byte> parity) =>
        GaloisField.MultiplyAdd(Coefficient(row, column), content, parity);

    /// <summary>
    /// The matrix that gives missing content: fragment i of it is the sum of element [i][j] times what is left of parity j once the content
    /// that is there was taken off.
    /// </summary>
    /// <param name="rows">Parity fragments that are there: as many as columns are missing.</param>
    /// <param name="columns">Members of content that are missing.</param>
    public static byte[][] Inverse(ReadOnlySpan<int> rows, ReadOnlySpan<int> columns)
    {
        var size = columns.Length;
        var (matrix, inverse) = (new byte[size][], new byte[size][]);
        for (var i = 0; i < size; i++)
        {
            (matrix[i], inverse[i]) = (new byte[size], new byte[size]);
            inverse[i][i] = 1;
            for (var j = 0; j < size; j++)
            {
                matrix[i][j] = Coefficient(rows[i], columns[j]);
            }
        }

        for (var pivot = 0; pivot < size; pivot++)
        {
            Eliminate(matrix, inverse, pivot);
        }

        return inverse;
    }

    // Gauss and Jordan. A leading part of a Cauchy matrix is one itself, so no pivot is ever zero.
    private static void Eliminate(byte[][] matrix, byte[][] inverse, int pivot)
    {
        var scale = GaloisField.Invert(matrix[pivot][pivot]);
        for (var j = 0; j < matrix.Length; j++)
        {
            matrix[pivot][j] = GaloisField.Multiply(matrix[pivot][j], scale);
            inverse[pivot][j] = GaloisField.Multiply(inverse[pivot][j], scale);
        }

        for (var i = 0; i < matrix.Length; i++)
        {
            if (i != pivot)
            {
                var factor = matrix[i][pivot];
                GaloisField.MultiplyAdd(factor, matrix[pivot], matrix[i]);
                GaloisField.MultiplyAdd(factor, inverse[pivot], inverse[i]);
            }
        }
    }

    private static byte Coefficient(int row, int column) => GaloisField.Invert((byte)((byte.MaxValue - row) ^ column));
}
